// SPDX-License-Identifier: MIT
// Whoever changes several accounts at once locks them in one order: a file of payments, and an
// export of orders or a night that comes in between, never wait for each other in a circle.
#include <thread>

#include "prepay/world.hpp"
#include "store/datastore.hpp"
#include "support/await_waiting.hpp"

using namespace usagectl;
using namespace usagectl::test;
using account::OrderKind;
using std::chrono::days;

TEMPLATE_TEST_CASE("accounts are locked in one order, whoever does it", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    // By number, by meter and by the age of their orders B comes first; by id A does.
    const auto first = date("2026-07-01");
    for (const auto* id : {"B", "A"}) {
        world.account(id, "plain", first, cents(1));
        world.clock.at += days(1);
    }
    enum class Other { export_orders, night };
    const auto other = GENERATE(Other::export_orders, Other::night);
    if (other == Other::export_orders) {
        world.noon(first);
        for (const auto* id : {"B", "A"}) {
            world.store->write([&] {
                auto change = must(app::AccountChange::begin(
                    *world.store, id, world.prepay, "it", world.clock.at + days(2)
                ));
                REQUIRE(change.order(OrderKind::reconnect, "it"));
                REQUIRE(change.finish());
            });
            world.clock.at += days(1);
        }
    }
    world.noon(first + days(4));

    auto options = place.options();
    options.busy = std::chrono::seconds(30);
    Error error;
    std::thread thread;
    const auto payments = store::open_store(options, SystemClock());
    payments->write([&] {
        static_cast<void>(payments->accounts().lock("A"));
        thread = std::thread([&] {
            error = error_of([&] {
                const auto store = store::open_store(options, SystemClock());
                if (other == Other::export_orders) {
                    static_cast<void>(app::export_orders(
                        *store, {}, world.prepay, world.packs, world.actor, world.clock
                    ));
                    return;
                }
                app::NightlyRequest request;
                request.day = first + days(2);
                request.actor = "night";
                static_cast<void>(must(app::run_nightly(
                    *store, request, world.prepay, world.packs, world.actor, world.clock
                )));
            });
        });
        await_waiting(place, "%for update%");
        static_cast<void>(payments->accounts().lock("B"));
    });
    thread.join();
    CHECK(error.message == "");
    if (other == Other::export_orders) {
        for (const auto* id : {"A", "B"})
            CHECK(world.open_orders(id).at(0).state == account::OrderState::exported);
    } else {
        for (const auto* id : {"A", "B"})
            CHECK(world.standing(id).charged_through == first + days(2));
    }
}
