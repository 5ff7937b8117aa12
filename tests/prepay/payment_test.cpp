// SPDX-License-Identifier: MIT
// Payments on both engines: posted once, taken back once, and what is refused.
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using account::Status;

namespace {

Result<app::PaymentPosted> post(World& world, app::PaymentAsked asked) {
    return app::post_payment(
        *world.store, {std::move(asked)}, world.prepay, world.actor, world.clock
    );
}

Result<app::PaymentPosted> take_back(World& world, const std::string& payment) {
    return app::reverse_payment(
        *world.store, {payment, "returned"}, world.prepay, world.actor, world.clock
    );
}

// One that still waits for what is due at first: 40.00.
void pending(World& world) {
    app::CreateAccount request;
    request.account.id = "N";
    request.account.name = "New";
    request.account.minimum_due.past_due = cents(4000);
    request.meter = "M-N";
    request.rates.tariff = "plain";
    REQUIRE(app::create_account(*world.store, request, world.prepay, world.actor, world.clock));
}

}  // namespace

TEMPLATE_TEST_CASE("a reference is posted once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    world.account("A", "plain", date("2026-07-01"), Money());
    world.account("B", "plain", date("2026-07-01"), Money());
    const auto first = world.pay("A", cents(2500), "r-1");
    CHECK(first.balance == cents(2500));
    const auto again = world.pay("A", cents(2500), "r-1");
    CHECK(again.unchanged);
    CHECK(again.payment == first.payment);
    CHECK(again.balance == cents(2500));
    for (const auto& [account, amount] : {std::pair{"A", 2501}, std::pair{"B", 2500}}) {
        const auto other =
            post(world, {account, cents(amount), account::Method::cash, {}, "r-1", {}});
        REQUIRE_FALSE(other);
        CHECK(other.error().code == "payment_reference_used");
    }
    // Another way of paying has references of its own.
    CHECK(post(world, {"B", cents(2500), account::Method::ach, {}, "r-1", {}}));
    CHECK(world.standing("A").balance == cents(2500));
    world.check_ledger();
}

TEMPLATE_TEST_CASE("pending until it is enough, then charged once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    pending(world);
    CHECK(world.standing("N").status == Status::pending);
    CHECK(world.pay("N", cents(3999)).status == Status::pending);
    CHECK(world.open_orders("N").empty());
    const auto paid = world.pay("N", cents(1));
    CHECK(paid.status == Status::paid);
    CHECK(paid.balance == cents(0));
    REQUIRE(paid.orders.size() == 1);
    CHECK(paid.orders[0].order.kind == account::OrderKind::activate);

    SECTION("taken back it is pending, and what was due is not charged twice") {
        const auto back = take_back(world, paid.payment);
        REQUIRE(back);
        CHECK(back->status == Status::pending);
        CHECK(back->balance == cents(-1));
        CHECK(world.open_orders("N").empty());
        CHECK(take_back(world, paid.payment).error().code == "payment_reversed");
        const auto at_last = world.pay("N", cents(1));
        CHECK(at_last.status == Status::paid);
        CHECK(at_last.balance == cents(0));
    }
    world.check_ledger();
}

TEMPLATE_TEST_CASE(
    "a share of each payment goes to old debt, and comes back with it", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    world.account("A", "plain", date("2026-07-01"), Money());
    world.store->write([&] {
        auto known = *world.store->accounts().find("A");
        known.account.debt_percent = 25;
        world.store->accounts().save(known);
        auto standing = world.standing("A");
        standing.debt = cents(1000);
        REQUIRE(world.store->accounts().save(standing));
    });
    const auto paid = world.pay("A", cents(2000));
    CHECK(paid.to_debt == cents(500));
    CHECK(paid.balance == cents(1500));
    CHECK(world.standing("A").debt == cents(500));
    const auto back = take_back(world, paid.payment);
    REQUIRE(back);
    CHECK(back->balance == cents(0));
    CHECK(world.standing("A").debt == cents(1000));
    world.check_ledger();
}

TEMPLATE_TEST_CASE(
    "what cannot be a payment is refused by name and leaves nothing", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    world.account("A", "plain", date("2026-07-01"), Money());
    const auto before = world.everything(place);
    struct Case {
        app::PaymentAsked asked;
        const char* code;
    };
    using M = account::Method;
    const Case cases[]{
        {{"nobody", cents(100), M::cash}, "account_unknown"},
        {{"A", cents(0), M::cash}, "amount_out_of_range"},
        {{"A", cents(-1), M::cash}, "amount_out_of_range"},
        {{"A", Money::from_micro(1'000'000'000'000 + 1), M::cash}, "amount_out_of_range"},
        {{"A", cents(100), M::agent}, "agent_missing"},
        {{"A", cents(100), M::cash, "shop"}, "agent_missing"},
        {{"A", cents(100), M::cash, "", {}, world.clock.now() + std::chrono::hours(1)},
         "received_later"},
    };
    for (const auto& each : cases) {
        const auto refused = post(world, each.asked);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().code == each.code);
    }
    CHECK(take_back(world, "P-A-20260701-9").error().code == "payment_unknown");
    CHECK(take_back(world, "P-B-20260701-1").error().code == "account_unknown");
    CHECK(take_back(world, "what").error().code == "malformed_name");
    CHECK(world.everything(place) == before);
}

TEMPLATE_TEST_CASE("a clock that has gone backwards posts nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-02");
    world.tariff(plain_tariff());
    world.account("A", "plain", date("2026-07-02"), cents(100));
    world.clock.at -= std::chrono::seconds(200);
    CHECK(world.pay("A", cents(100)).balance == cents(200));
    world.clock.at -= std::chrono::hours(1);
    const auto refused = post(world, {"A", cents(100), account::Method::cash});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "clock_backwards");
    // What was known keeps its order.
    const auto entries = world.entries("A");
    CHECK(entries.front().known_at <= entries.back().known_at);
}

TEMPLATE_TEST_CASE(
    "the ledger refuses to be changed in the database itself", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    world.account("A", "plain", date("2026-07-01"), cents(100));
    const auto session = place.session();
    for (const auto* sql :
         {"update ledger_entry set amount = 0",
          "delete from ledger_entry",
          "update payment set amount = 1",
          "delete from payment",
          "delete from account_standing",
          "delete from account",
          "update account_event set cause = ''",
          "delete from account_event",
          "update ledger_code set code = 'x'",
          "delete from service_order"}) {
        INFO(sql);
        CHECK(error_of([&] { session->script(sql); }).code != "");
    }
    CHECK(world.standing("A").balance == cents(100));
}
