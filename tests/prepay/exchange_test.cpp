// SPDX-License-Identifier: MIT
// Exchanges of a meter, ordered, done in the field, and charged: the night before, of the day
// itself, and behind it; confirmed in time and late (US 8,095,475, figure 9, step 206).
#include "app/account_settings.hpp"
#include "app/account_then.hpp"
#include "app/names.hpp"
#include "app/order_create.hpp"
#include "app/order_decide.hpp"
#include "app/planned_changes.hpp"
#include "app/uncharged.hpp"
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using account::OrderKind;
using account::OrderState;
using account::Status;
using std::chrono::days;
using std::chrono::hours;

namespace {

constexpr int day_slots = 96;
constexpr int exchange_slot = 40;  // ten in the morning

std::vector<int> slots(int from, int to) {
    std::vector<int> all;
    for (int slot = from; slot < to; ++slot)
        all.push_back(slot);
    return all;
}

// A whole day of the plain tariff at so many Wh each quarter of an hour.
Money plain_day(std::int64_t wh) {
    return Money::from_micro(wh * day_slots * 100);
}

// An account A with meter M-A and, not in use yet, a meter M-B; charged through the first day.
class Yard {
public:
    explicit Yard(const Place& place)
        : world(place, "2026-07-01") {
        world.tariff(plain_tariff());
        world.account("A", "plain", first, cents(5000));
        world.readings(first, {{"A", 100}, {"B", 0}});
        world.night_after(first);
        world.night(first);
        world.clock.at = done_at - hours(2);
    }

    Result<app::OrderShown> create(app::CreateOrder request = {}) {
        if (request.account.empty())
            request.account = "A";
        if (request.new_meter.empty())
            request.new_meter = World::meter_of("B");
        request.reason = "display is dark";
        return app::create_order(*world.store, request, world.prepay, world.actor, world.clock);
    }
    // Ordered and handed to the field, two hours before it is done.
    void ordered() {
        order = must(create()).name;
        const auto exported = app::export_orders(
            *world.store, {}, world.prepay, world.packs, world.actor, world.clock
        );
        REQUIRE(exported.orders.size() == 1);
        CHECK(exported.orders[0].order.new_meter == World::meter_of("B"));
    }
    Result<app::OrderDecided> decide(app::OrderSaid said) {
        said.order = order;
        return app::decide_order(
            *world.store, {std::move(said)}, world.prepay, world.actor, world.clock
        );
    }
    [[nodiscard]] app::OrderSaid done() const {
        app::OrderSaid said;
        said.at = done_at;
        said.meter_number = "4472";
        said.begin_reading_wh = 12;
        return said;
    }
    // What each meter registered on the day of the exchange.
    void exchange_day_readings() {
        world.readings(exchange_day, {{"A", 100, slots(exchange_slot, day_slots)}});
        world.readings(exchange_day, {{"B", 100, slots(0, exchange_slot)}});
    }
    [[nodiscard]] std::string meter() { return world.standing("A").meter_id; }
    // What is told at the end of a day, before its night.
    Money told(LocalDay day) {
        const auto end = world.zone.day_start(day + days(1));
        const auto then =
            must(app::account_then(*world.store, "A", {end, world.clock.at}, world.prepay));
        const auto open = must(app::rate_uncharged(*world.store, then, app::Blocks::current));
        return then.posted - open.vee - open.gap;
    }

    World world;
    LocalDay first = date("2026-07-01");
    LocalDay exchange_day = date("2026-07-02");
    Instant done_at = world.zone.day_start(exchange_day) + hours(10);
    std::string order;
};

}  // namespace

TEMPLATE_TEST_CASE("both meters count on the day of an exchange", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    yard.ordered();
    CHECK(yard.meter() == "M-A");
    world.noon(yard.exchange_day);
    const auto done = yard.decide(yard.done());
    REQUIRE(done);
    CHECK(done->shown.order.state == OrderState::completed);
    CHECK(done->shown.order.done_at == yard.done_at);
    CHECK(yard.meter() == "M-B");
    const auto known = *world.store->accounts().find("A");
    const auto day = yard.exchange_day;
    CHECK(known.account.meter_facts == account::MeterFacts{"4472", 12, day, day});
    CHECK(world.store->meters().find("M-B")->meter_number == "4472");
    CHECK(world.store->meters().find("M-B")->account == "A");
    CHECK_FALSE(world.store->meters().find("M-A")->account);
    std::vector<std::string> events;
    for (const auto& event : world.store->accounts().events(known.number))
        events.push_back(event.field + ": " + event.before + " -> " + event.after);
    REQUIRE(events.size() >= 5);
    CHECK(events[events.size() - 5] == "meter: M-A -> M-B");
    CHECK(events.back() == "last_read_on: 2026-07-01 -> 2026-07-02");
    // Said again it is so already.
    CHECK(yard.decide(yard.done())->unchanged);

    // The night before is charged as it was, the day itself by both, the next by the new one.
    yard.exchange_day_readings();
    world.readings(day + days(1), {{"A", 900}, {"B", 200}});
    world.night_after(day);
    const auto told = yard.told(day);
    const auto night = world.night(day);
    CHECK(night.charges.estimated == 0);
    CHECK(world.standing("A").balance == cents(5000) - plain_day(100) - plain_day(100));
    CHECK(told == world.standing("A").balance);
    world.night_after(day + days(1));
    const auto next = world.night(day + days(1));
    CHECK(step(next, app::Step::corrections).items == 0);
    CHECK(world.standing("A").balance == told - plain_day(200));

    // A day without readings is estimated from those of the meter before as well.
    world.night_after(day + days(2));
    const auto guessed = yard.told(day + days(2));
    CHECK(world.night(day + days(2)).charges.estimated == 1);
    CHECK(world.standing("A").balance == guessed);
    CHECK(guessed < told - plain_day(200));
    world.check_ledger();
}

TEMPLATE_TEST_CASE(
    "an exchange confirmed late is charged in the end as one in time", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    yard.ordered();
    const auto day = yard.exchange_day;
    yard.exchange_day_readings();
    world.readings(day + days(1), {{"B", 200}});
    for (const auto night : {day, day + days(1)}) {
        world.night_after(night);
        CHECK(world.night(night).charges.estimated == 1);
    }
    CHECK(world.standing("A").charged_through == day + days(1));
    world.noon(day + days(2));
    REQUIRE(yard.decide(yard.done()));
    CHECK(yard.meter() == "M-B");

    world.readings(day + days(2), {{"B", 200}});
    world.night_after(day + days(2));
    const auto night = world.night(day + days(2));
    CHECK(step(night, app::Step::corrections).items == 2);
    const auto due =
        cents(5000) - plain_day(100) - plain_day(100) - plain_day(200) - plain_day(200);
    CHECK(world.standing("A").balance == due);
    // Nothing is left to be done, whenever a night is repeated.
    world.night(day + days(2));
    world.readings(day + days(3), {{"B", 0}});
    world.night_after(day + days(3));
    CHECK(step(world.night(day + days(3)), app::Step::corrections).items == 0);
    CHECK(world.standing("A").balance == due);
    world.check_ledger();
}

TEMPLATE_TEST_CASE("nights that lag charge each day by its own meter", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    const auto day = yard.exchange_day;
    // Another tariff is settled for later, with the old meter in mind.
    world.tariff(plain_tariff("later"));
    app::SetAccount later;
    later.account = "A";
    later.service.tariff = "later";
    later.service.from = day + days(2);
    REQUIRE(app::set_account(*world.store, later, world.prepay, world.actor, world.clock));
    yard.ordered();
    world.clock.at += days(1) + hours(3);
    auto said = yard.done();
    said.at = *said.at + days(1);
    REQUIRE(yard.decide(said));
    CHECK(yard.meter() == "M-B");
    world.readings(day, {{"A", 100}, {"B", 900}});
    world.readings(day + days(1), {{"A", 100, slots(exchange_slot, day_slots)}});
    world.readings(day + days(1), {{"B", 100, slots(0, exchange_slot)}});
    world.readings(day + days(2), {{"A", 900}, {"B", 300}});
    world.night_after(day + days(2));
    const auto told = yard.told(day + days(2));
    CHECK(world.night(day + days(2)).charges.estimated == 0);
    CHECK(
        world.standing("A").balance ==
        cents(5000) - plain_day(100) - plain_day(100) - plain_day(100) - plain_day(300)
    );
    CHECK(world.standing("A").balance == told);
}

TEMPLATE_TEST_CASE("what is no exchange is not ordered", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    world.account("C", "plain", yard.first, cents(100));
    app::CreateAccount waiting;
    waiting.account.id = "P";
    waiting.account.name = "Pending";
    waiting.account.minimum_due.past_due = cents(4000);
    waiting.meter = "M-P";
    waiting.rates.tariff = "plain";
    REQUIRE(app::create_account(*world.store, waiting, world.prepay, world.actor, world.clock));
    meter::Meter away;
    away.id = "M-away";
    away.timezone = "Pacific/Honolulu";
    world.store->write([&] { world.store->meters().save(away); });
    const auto code = [&](app::CreateOrder request) {
        const auto made = yard.create(std::move(request));
        return made ? std::string("made") : made.error().code;
    };
    const auto now = world.clock.at;
    CHECK(code({"X", "", ""}) == "account_unknown");
    CHECK(code({"P", "", ""}) == "account_not_served");
    CHECK(code({"A", "M-none", ""}) == "meter_unknown");
    CHECK(code({"A", "M-A", ""}) == "meter_same");
    CHECK(code({"A", "M-C", ""}) == "meter_taken");
    CHECK(code({"A", "M-away", ""}) == "timezone_differs");
    CHECK(code({"A", "", "", "", now}) == "due_passed");
    CHECK(world.open_orders("A").empty());
    CHECK(code({"A", "", "", "", now + hours(1), true}) == "made");
    CHECK(world.open_orders("A").empty());
    CHECK(code({"A", "", "", "", now + hours(1)}) == "made");
    CHECK(code({"A", "", "", ""}) == "order_open");
    REQUIRE(world.open_orders("A").size() == 1);
    CHECK(world.open_orders("A")[0].due_at == now + hours(1));
}

TEMPLATE_TEST_CASE("an exchange is done with all it takes, or not at all", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    yard.ordered();
    world.noon(yard.exchange_day);
    const auto before = world.everything(place);
    const auto code = [&](app::OrderSaid said) {
        const auto decided = yard.decide(std::move(said));
        return decided ? std::string("decided") : decided.error().code;
    };
    auto said = yard.done();
    said.begin_reading_wh.reset();
    CHECK(code(said) == "meter_facts_missing");
    said = yard.done();
    said.meter_number.reset();
    CHECK(code(said) == "meter_facts_missing");
    said = yard.done();
    said.state = OrderState::failed;
    CHECK(code(said) == "meter_facts_not_asked");
    CHECK(world.everything(place) == before);

    SECTION("the meter went to another account meanwhile") {
        app::SetAccount other;
        world.account("C", "plain", yard.exchange_day, cents(100));
        other.account = "C";
        other.service.meter = "M-B";
        REQUIRE(app::set_account(*world.store, other, world.prepay, world.actor, world.clock));
        const auto now = world.everything(place);
        CHECK(code(yard.done()) == "meter_taken");
        CHECK(world.everything(place) == now);
        CHECK(yard.meter() == "M-A");
    }
    SECTION("it fails, or is called off: nothing changes but the order") {
        said = {};
        said.state = GENERATE(OrderState::failed, OrderState::cancelled);
        CHECK(code(said) == "decided");
        CHECK(world.open_orders("A").empty());
        CHECK(yard.meter() == "M-A");
        CHECK(world.store->accounts().service(world.number("A")).size() == 1);
        CHECK(yard.create());
    }
}

TEMPLATE_TEST_CASE(
    "a change that was planned is taken over by the night of its day", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    world.tariff(plain_tariff("other"));
    app::SetAccount request;
    request.account = "A";
    request.service.tariff = "other";
    request.service.meter = World::meter_of("B");
    request.service.from = date("2026-07-04");
    must(app::set_account(*world.store, request, world.prepay, world.actor, world.clock));
    const auto tariff = [&] {
        return world.store->accounts().profile(world.standing("A").profile)->tariff;
    };
    CHECK((yard.meter() == "M-A" && tariff() == "plain"));
    for (const auto* day : {"2026-07-02", "2026-07-03", "2026-07-04"})
        world.readings(date(day), {{"A", 100}, {"B", 200}});
    world.night_after(date("2026-07-02"));
    world.night(date("2026-07-02"));
    CHECK((yard.meter() == "M-A" && tariff() == "plain"));

    // In the morning of the fourth.
    world.night_after(date("2026-07-03"));
    CHECK(world.night(date("2026-07-03")).problems.empty());
    CHECK((yard.meter() == "M-B" && tariff() == "other"));
    CHECK(!world.store->meters().find("M-A")->account);
    CHECK(world.store->meters().find("M-B")->account == "A");
    world.night_after(date("2026-07-04"));
    world.night(date("2026-07-04"));
    const auto entries = world.entries("A");
    REQUIRE(entries.size() >= 4);
    CHECK(entries.back().amount == -plain_day(200));
    CHECK(entries[entries.size() - 2].amount == -plain_day(100));
    world.check_ledger();

    // What is taken over is not taken over again, night after night.
    CHECK(world.standing("A").changing);
    app::TakingOver again;
    again.actor = "ann";
    again.now = world.clock.at;
    again.transact = [](const auto&) { FAIL("an account without a change was locked"); };
    again.pause = [] {};
    CHECK(app::take_over_planned(*world.store, world.prepay, again).empty());
}

TEMPLATE_TEST_CASE(
    "a planned meter that serves another by now is told, and days are charged", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    Yard yard(place);
    auto& world = yard.world;
    app::SetAccount request;
    request.account = "A";
    request.service.meter = World::meter_of("B");
    request.service.from = date("2026-07-03");
    must(app::set_account(*world.store, request, world.prepay, world.actor, world.clock));
    world.account("B", "plain", date("2026-07-02"), cents(5000));
    world.readings(date("2026-07-02"), {{"A", 100}, {"B", 100}});
    world.night_after(date("2026-07-02"));
    const auto done = world.night(date("2026-07-02"));
    REQUIRE(done.problems.size() == 1);
    CHECK(done.problems.front().error.code == "meter_taken");
    CHECK(yard.meter() == "M-A");
    CHECK(world.standing("A").charged_through == date("2026-07-02"));
    world.check_ledger();
}
