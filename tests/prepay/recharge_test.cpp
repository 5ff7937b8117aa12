// SPDX-License-Identifier: MIT
// Meters that hold the credit hear of each payment, and of each that is taken back.
#include "app/order_decide.hpp"
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using account::OrderKind;
using account::OrderState;

namespace {

class Counter {
public:
    explicit Counter(const Place& place)
        : world(place, "2026-07-01") {
        world.tariff(plain_tariff());
        world.account("A", "plain", date("2026-07-01"), Money());
        world.prepay.recharge_orders = true;
    }

    void hand_over() {
        static_cast<void>(app::export_orders(
            *world.store, {}, world.prepay, world.packs, world.actor, world.clock
        ));
    }
    void say(const std::string& order, OrderState state) {
        app::DecideOrder request;
        request.said.order = order;
        request.said.state = state;
        REQUIRE(app::decide_order(*world.store, request, world.prepay, world.actor, world.clock));
    }
    app::PaymentPosted take_back(const std::string& payment) {
        return must(app::reverse_payment(
            *world.store, {payment, "returned"}, world.prepay, world.actor, world.clock
        ));
    }
    // "25.00 pending" for each recharge order, oldest first.
    std::vector<std::string> orders() {
        std::vector<std::string> found;
        app::ServiceStore::OrderFilter filter;
        filter.account = world.number("A");
        filter.kind = OrderKind::recharge;
        world.store->service().orders(filter, [&](const app::ServiceOrder& order) {
            found.push_back(
                format_money(*order.amount) + ' ' + std::string(account::to_string(order.state))
            );
            return true;
        });
        return found;
    }

    World world;
};

using Orders = std::vector<std::string>;

}  // namespace

TEMPLATE_TEST_CASE("each payment orders a recharge of its own", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Counter counter(place);
    auto& world = counter.world;
    const auto first = world.pay("A", cents(2500), "r-1");
    REQUIRE(first.orders.size() == 1);
    CHECK(first.orders[0].order.kind == OrderKind::recharge);
    CHECK(first.orders[0].order.reason == "payment " + first.payment);
    static_cast<void>(world.pay("A", cents(2500)));
    // Posted again it is no other payment.
    CHECK(world.pay("A", cents(2500), "r-1").orders.empty());
    CHECK(counter.orders() == Orders{"25.00 pending", "25.00 pending"});
    CHECK(world.open_orders("A")[0].payment != world.open_orders("A")[1].payment);

    SECTION("of what the balance gains, a share that goes to debt left out") {
        world.store->write([&] {
            auto known = *world.store->accounts().find("A");
            known.account.debt_percent = 20;
            world.store->accounts().save(known);
            auto standing = world.standing("A");
            standing.debt = cents(5000);
            REQUIRE(world.store->accounts().save(standing));
        });
        static_cast<void>(world.pay("A", cents(1000)));
        CHECK(counter.orders().back() == "8.00 pending");
    }
    SECTION("a suspended account's meter is on its wall, too") {
        world.store->write([&] {
            auto standing = world.standing("A");
            standing.status = account::Status::suspended;
            REQUIRE(world.store->accounts().save(standing));
        });
        static_cast<void>(world.pay("A", cents(700)));
        CHECK(counter.orders().back() == "7.00 pending");
    }
    SECTION("nobody else's, and none where it is not settled so") {
        world.prepay.recharge_orders = false;
        CHECK(world.pay("A", cents(100)).orders.empty());
        world.prepay.recharge_orders = true;
        app::CreateAccount request;
        request.account.id = "N";
        request.account.name = "New";
        request.account.minimum_due.past_due = cents(4000);
        request.meter = "M-N";
        request.rates.tariff = "plain";
        REQUIRE(app::create_account(*world.store, request, world.prepay, world.actor, world.clock));
        static_cast<void>(world.pay("N", cents(9000)));
        REQUIRE(world.open_orders("N").size() == 1);
        CHECK(world.open_orders("N")[0].kind == OrderKind::activate);
    }
}

TEMPLATE_TEST_CASE("a payment taken back takes its recharge back", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Counter counter(place);
    auto& world = counter.world;
    const auto other = world.pay("A", cents(100));
    const auto paid = world.pay("A", cents(2500));
    const auto order = paid.orders.at(0).name;
    // Taken back days later, when it is settled otherwise.
    const auto later = [&] {
        world.clock.at += std::chrono::hours(72);
        world.prepay.recharge_orders = false;
        return counter.take_back(paid.payment);
    };

    SECTION("never handed over: cancelled") {
        const auto back = later();
        REQUIRE(back.orders.size() == 1);
        CHECK(back.orders[0].name == order);
        CHECK(counter.orders() == Orders{"1.00 pending", "25.00 cancelled"});
    }
    SECTION("handed over, or done: the same less than nothing follows") {
        counter.hand_over();
        const bool done = GENERATE(false, true);
        if (done)
            counter.say(order, OrderState::completed);
        const auto back = later();
        REQUIRE(back.orders.size() == 1);
        CHECK(
            counter.orders() ==
            Orders{"1.00 exported", done ? "25.00 completed" : "25.00 exported", "-25.00 pending"}
        );
        if (!done) {
            // It did not come to it: there is nothing to take back.
            const bool too_late = GENERATE(false, true);
            if (too_late)
                counter.hand_over();
            counter.say(order, OrderState::failed);
            CHECK(counter.orders().back() == (too_late ? "-25.00 exported" : "-25.00 cancelled"));
        }
    }
    SECTION("failed, or called off: the meter never heard of it") {
        counter.hand_over();
        counter.say(order, GENERATE(OrderState::failed, OrderState::cancelled));
        CHECK(later().orders.empty());
        CHECK(counter.orders().size() == 2);
    }
    CHECK(world.standing("A").balance == cents(100));
    world.check_ledger();
}
