// SPDX-License-Identifier: MIT
// What balances call for at night, and what rules and payments make of it, on both engines (source:
// US 8,095,475, figures 4, 6 and 9).
#include "app/account_close.hpp"
#include "app/names.hpp"
#include "app/order_decide.hpp"
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using account::NoticeType;
using account::OrderKind;
using account::OrderState;
using account::Status;
using std::chrono::days;

namespace {

const app::ServiceOrder* open_of(const std::vector<app::ServiceOrder>& orders, OrderKind kind) {
    for (const auto& order : orders) {
        if (order.kind == kind)
            return &order;
    }
    return nullptr;
}

std::int64_t count(const std::vector<app::Notice>& notices, NoticeType type) {
    return std::count_if(notices.begin(), notices.end(), [type](const app::Notice& notice) {
        return notice.type == type;
    });
}

// An account with this much left after its day of 9.6 kWh at 10 cents.
World& with_balance_left(World& world, LocalDay day, Money left) {
    world.tariff(plain_tariff());
    world.account("A", "plain", day, left + cents(96));
    world.set_thresholds("A", {cents(0), cents(0), cents(1000), cents(2500)});
    world.readings(day, {{"A", 100}});
    world.night_after(day);
    return world;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "at zero: past due, a suspend order and a suspend notice", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    const auto day = date("2026-07-01");
    with_balance_left(world, day, cents(0)).night(day);
    CHECK(world.standing("A").status == Status::past_due);
    const auto orders = world.open_orders("A");
    REQUIRE(orders.size() == 1);
    CHECK(orders[0].kind == OrderKind::suspend);
    CHECK(orders[0].held_by == "no_rule_pack");
    CHECK(count(world.notices("A"), NoticeType::suspend) == 1);

    SECTION("a payment that is enough calls the suspension off") {
        const auto paid = world.pay("A", cents(1));
        CHECK(paid.status == Status::active);
        CHECK(world.open_orders("A").empty());
        CHECK(count(world.notices("A"), NoticeType::recharge) == 2);
    }
    SECTION("once carried out the account is suspended; paid, it is to be reconnected") {
        const auto name = app::name_of(app::Named::order, "A", orders[0].id);
        app::DecideOrder request;
        request.said.order = name;
        const auto done =
            app::decide_order(*world.store, request, world.prepay, world.actor, world.clock);
        REQUIRE(done);
        CHECK(done->status == Status::suspended);
        const auto paid = world.pay("A", cents(1));
        CHECK(paid.status == Status::suspended);
        const auto open = world.open_orders("A");
        const auto* reconnect = open_of(open, OrderKind::reconnect);
        REQUIRE(reconnect != nullptr);
        CHECK(reconnect->due_at == world.clock.now() + std::chrono::minutes(120));
        world.pay("A", cents(100));
        CHECK(world.open_orders("A").size() == 1);

        request.said.order = app::name_of(app::Named::order, "A", reconnect->id);
        CHECK(
            app::decide_order(*world.store, request, world.prepay, world.actor, world.clock)
                ->status == Status::active
        );
        CHECK(world.open_orders("A").empty());
    }
}

TEMPLATE_TEST_CASE(
    "within grace and low balance there are notices and nothing else", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    const auto day = date("2026-07-01");
    SECTION("within grace: a suspend notice") {
        with_balance_left(world, day, cents(1000)).night(day);
        CHECK(count(world.notices("A"), NoticeType::suspend) == 1);
        CHECK(count(world.notices("A"), NoticeType::low_balance) == 0);
    }
    SECTION("within low balance: a low balance notice") {
        with_balance_left(world, day, cents(2500)).night(day);
        CHECK(count(world.notices("A"), NoticeType::suspend) == 0);
        CHECK(count(world.notices("A"), NoticeType::low_balance) == 1);
    }
    SECTION("above: none") {
        with_balance_left(world, day, cents(2501)).night(day);
        CHECK(count(world.notices("A"), NoticeType::suspend) == 0);
        CHECK(count(world.notices("A"), NoticeType::low_balance) == 0);
    }
    CHECK(world.open_orders("A").empty());
    CHECK(world.standing("A").status == Status::active);
}

TEMPLATE_TEST_CASE(
    "the Texas pack lets a suspension out at its time, and only then", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");  // a Wednesday
    world.prepay.rule_pack = "texas";
    const auto day = date("2026-07-01");
    with_balance_left(world, day, cents(500)).night(day);
    CHECK(world.open_orders("A").empty());
    CHECK(count(world.notices("A"), NoticeType::suspend) == 1);
    world.readings(day + days(1), {{"A", 1000}});
    world.night_after(day + days(1));
    world.night(day + days(1));
    REQUIRE(world.open_orders("A").size() == 1);

    const auto exported = [&](const char* when) {
        world.clock.at = *parse_instant(when);
        return app::export_orders(
            *world.store, {}, world.prepay, world.packs, world.actor, world.clock
        );
    };
    // Saturday, in Chicago.
    const auto weekend = exported("2026-07-04T15:00:00Z");
    CHECK(weekend.orders.empty());
    REQUIRE(weekend.held.size() == 1);
    CHECK(weekend.held[0].order.held_by.find("weekend") != std::string::npos);
    CHECK(world.open_orders("A")[0].state == OrderState::pending);
    // Looking at it says the same, and needs no right to write.
    world.store->read([&] {
        const auto name = app::name_of(app::Named::order, "A", world.open_orders("A")[0].id);
        const auto shown =
            app::show_order(*world.store, name, world.prepay, world.packs, world.clock.now());
        REQUIRE(shown);
        REQUIRE(shown->verdict);
        CHECK(shown->verdict->holds.size() == weekend.held[0].verdict->holds.size());
    });
    // Tuesday at ten.
    const auto tuesday = exported("2026-07-07T15:00:00Z");
    INFO((tuesday.held.empty() ? "" : tuesday.held[0].order.held_by));
    REQUIRE(tuesday.orders.size() == 1);
    CHECK(world.open_orders("A")[0].state == OrderState::exported);
    // Handed over once.
    CHECK(exported("2026-07-07T15:01:00Z").orders.empty());
}

TEMPLATE_TEST_CASE("a customer in critical care is never handed over", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.prepay.rule_pack = "texas";
    const auto day = date("2026-07-01");
    with_balance_left(world, day, cents(500)).night(day);
    world.store->write([&] {
        auto known = *world.store->accounts().find("A");
        known.account.flags.critical_care = true;
        world.store->accounts().save(known);
    });
    world.readings(day + days(1), {{"A", 1000}});
    world.night_after(day + days(1));
    world.night(day + days(1));
    world.clock.at = *parse_instant("2026-07-07T15:00:00Z");
    const auto exported =
        app::export_orders(*world.store, {}, world.prepay, world.packs, world.actor, world.clock);
    CHECK(exported.orders.empty());
    REQUIRE(exported.held.size() == 1);
    CHECK(exported.held[0].order.held_by.find("protected_customer") != std::string::npos);
}

TEMPLATE_TEST_CASE(
    "a warning that was paid for is not told any more, and one that was told stays told",
    "",
    Sqlite,
    Postgres
) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        std::int64_t left;  // cents, after the night
        std::int64_t paid;
        std::int64_t suspend;  // warnings that still wait
        std::int64_t low;
    };
    const Row rows[]{
        {0, 1000, 1, 0},     // at the grace balance: suspension is still near
        {0, 1001, 0, 0},     // above it
        {1001, 1499, 0, 1},  // at the low balance
        {1001, 1500, 0, 0},  // above it
    };
    for (const auto& row : rows) {
        const TestType place;
        World world(place, "2026-07-01");
        const auto day = date("2026-07-01");
        with_balance_left(world, day, cents(row.left)).night(day);
        world.pay("A", cents(row.paid));
        const auto waiting = [&](NoticeType type) {
            auto notices = world.notices("A");
            std::erase_if(notices, [](const auto& each) { return each.state != "waiting"; });
            return count(notices, type);
        };
        INFO(row.left << " and " << row.paid);
        CHECK(waiting(NoticeType::suspend) == row.suspend);
        CHECK(waiting(NoticeType::low_balance) == row.low);
        CHECK(waiting(NoticeType::recharge) == 2);
    }
}

TEMPLATE_TEST_CASE("a closed account hears of nothing but its receipts", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    const auto day = date("2026-07-01");
    with_balance_left(world, day, cents(1001)).night(day);
    app::CloseAccount request;
    request.account = "A";
    request.on = day;
    request.reason = "moved";
    REQUIRE(app::close_account(*world.store, request, world.prepay, world.actor, world.clock));
    for (const auto& notice : world.notices("A")) {
        INFO(account::to_string(notice.type));
        const bool receipt = notice.type == NoticeType::recharge;
        CHECK(notice.state == (receipt ? "waiting" : "cancelled"));
    }
    CHECK(count(world.notices("A"), NoticeType::low_balance) == 1);
}
