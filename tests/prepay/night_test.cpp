// SPDX-License-Identifier: MIT
// Nights, on both engines: what is charged, once; what is caught up; what better readings change
// (source: US 8,095,475, figures 6 and 9).
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using std::chrono::days;

namespace {

// The 96 intervals of a normal day at 10 cents a kWh.
Money plain_day(std::int64_t wh) {
    return Money::from_micro(
        static_cast<std::int64_t>(
            divide(Int128{wh} * 96 * 100'000, 1000 * Money::micro_per_cent, Rounding::half_even)
        ) *
        Money::micro_per_cent
    );
}

}  // namespace

TEMPLATE_TEST_CASE("a night charges a day once, by one balanced entry", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(5000));
    world.account("B", "plain", day, cents(5000));
    world.readings(day, {{"A", 100}, {"B", 250}});
    world.night_after(day);

    const auto done = world.night(day);
    CHECK(done.charges.charged == 2);
    CHECK(done.charges.estimated == 0);
    CHECK(step(done, app::Step::daily_charges).items == 2);
    CHECK(step(done, app::Step::daily_charges).amount == plain_day(100) + plain_day(250));
    CHECK(world.standing("A").balance == cents(5000) - plain_day(100));
    CHECK(world.standing("B").balance == cents(5000) - plain_day(250));
    CHECK(world.standing("A").charged_through == day);
    const auto charge = world.entries("A").front();
    CHECK(charge.kind == ledger::Kind::charge);
    CHECK(charge.id.place == ledger::charge_place);
    CHECK(charge.basis.vee_wh == 9600);
    CHECK(charge.at == world.zone.day_start(day + days(1)));
    world.check_ledger();

    const auto before = world.everything(place);
    const auto again = world.night(day);
    CHECK(again.charges.charged == 0);
    CHECK(step(again, app::Step::daily_charges).status == "already");
    CHECK(step(again, app::Step::daily_charges).items == 2);
    CHECK(world.everything(place) == before);
}

TEMPLATE_TEST_CASE("a dry run keeps nothing", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(1));
    world.readings(day, {{"A", 100}});
    world.night_after(day);
    const auto before = world.everything(place);
    app::NightlyRequest request;
    request.day = day;
    request.dry_run = true;
    const auto dry = app::run_nightly(
        *world.store, request, world.prepay, world.packs, world.actor, world.clock
    );
    REQUIRE(dry);
    CHECK(dry->charges.charged == 1);
    CHECK(step(*dry, app::Step::suspend_orders).items == 1);
    CHECK(world.everything(place) == before);
}

TEMPLATE_TEST_CASE("a day that is not over is not charged", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    app::NightlyRequest request;
    request.day = date("2026-07-01");
    const auto early = app::run_nightly(
        *world.store, request, world.prepay, world.packs, world.actor, world.clock
    );
    REQUIRE_FALSE(early);
    CHECK(early.error().code == "day_not_over");
}

TEMPLATE_TEST_CASE("missed nights are caught up day by day", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto first = date("2026-07-01");
    world.account("A", "plain", first, cents(5000));
    for (int day = 0; day < 5; ++day)
        world.readings(first + days(day), {{"A", 100 + day}});
    world.night_after(first + days(4));
    const auto done = world.night(first + days(4));
    CHECK(done.caught_up.size() == 4);
    CHECK(done.charges.charged == 5);
    Money charged;
    for (int day = 0; day < 5; ++day)
        charged = charged + plain_day(100 + day);
    CHECK(world.standing("A").balance == cents(5000) - charged);
    world.check_ledger();
}

TEMPLATE_TEST_CASE(
    "what has no reading is estimated, said so, and corrected", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-06-29");
    world.tariff(plain_tariff());
    const auto first = date("2026-06-29");
    world.account("A", "plain", first, cents(5000));
    world.readings(first, {{"A", 100}});
    world.night_after(first);
    world.night(first);

    // Nothing at all for the second day: what the first one was like.
    const auto second = first + days(1);
    world.night_after(second);
    const auto guessed = world.night(second);
    CHECK(guessed.charges.estimated == 1);
    CHECK(world.entries("A").back().basis.estimated_wh == 9600);
    CHECK(world.standing("A").balance == cents(5000) - plain_day(100) - plain_day(100));

    // On-demand readings for part of it come late: the next night corrects the day.
    world.readings(second, {{"A", 200}});
    const auto third = second + days(1);
    world.readings(third, {{"A", 100}});
    world.night_after(third);
    const auto corrected = world.night(third);
    CHECK(step(corrected, app::Step::corrections).items == 1);
    CHECK(step(corrected, app::Step::corrections).amount == plain_day(200) - plain_day(100));
    const auto entries = world.store->ledger().entries(world.number("A"), {second, second});
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].kind == ledger::Kind::correction);
    CHECK(entries[1].basis.vee_wh == 19'200);
    CHECK(entries[1].basis.estimated_wh == 0);
    CHECK(entries[1].amount == plain_day(100) - plain_day(200));
    world.check_ledger();

    // Once: the same readings do not correct it again.
    const auto before = world.everything(place);
    world.night(third);
    CHECK(world.everything(place) == before);
}

TEMPLATE_TEST_CASE(
    "a better reading moves the days behind it that a tier ties to it", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(tiered_tariff());
    const auto first = date("2026-07-01");
    world.account("A", "tiered", first, cents(10'000));
    // 24 kWh a day: the second day reaches 48 kWh, the third crosses 50.
    for (int day = 0; day < 3; ++day)
        world.readings(first + days(day), {{"A", 250}});
    world.night_after(first + days(2));
    world.night(first + days(2));
    CHECK(world.standing("A").cycle_wh == 72'000);
    CHECK(world.standing("A").balance == cents(10'000 - 240 - 240 - 20 - 440));

    // The first day was 12 kWh: the third no longer crosses by 22 kWh, but by 10.
    world.readings(first, {{"A", 125}});
    world.readings(first + days(3), {{"A", 0}});
    world.night_after(first + days(3));
    const auto done = world.night(first + days(3));
    CHECK(step(done, app::Step::corrections).items == 3);
    CHECK(world.standing("A").balance == cents(10'000 - 120 - 240 - 140 - 200));
    CHECK(world.standing("A").cycle_wh == 60'000);
    world.check_ledger();
}

TEMPLATE_TEST_CASE("a billing cycle begins anew on its day", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-31");
    world.tariff(tiered_tariff());
    const auto first = date("2026-07-31");
    world.account("A", "tiered", first, cents(10'000));
    world.readings(first, {{"A", 1000}});
    world.readings(first + days(1), {{"A", 100}});
    world.night_after(first);
    world.night(first);
    CHECK(world.standing("A").cycle_wh == 96'000);
    world.night_after(first + days(1));
    const auto done = world.night(first + days(1));
    CHECK(step(done, app::Step::cycle_dates).items == 1);
    CHECK(world.standing("A").cycle_start == first + days(1));
    CHECK(world.standing("A").cycle_wh == 9600);
}

TEMPLATE_TEST_CASE("the days of 23 and 25 hours are charged whole", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-03-08");
    world.tariff(plain_tariff());
    const auto spring = date("2026-03-08");
    world.account("A", "plain", spring, cents(5000));
    world.readings(spring, {{"A", 1000}});
    world.night_after(spring);
    world.night(spring);
    CHECK(world.entries("A").front().basis.vee_wh == 92'000);
    CHECK(world.standing("A").balance == cents(5000 - 920));
}

TEMPLATE_TEST_CASE(
    "a suspended account pays for what it used, not for a guess", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(5000));
    world.readings(day, {{"A", 100}});
    world.store->write([&] {
        auto standing = world.standing("A");
        standing.status = account::Status::suspended;
        REQUIRE(world.store->accounts().save(standing));
    });
    world.night_after(day + days(1));
    world.night(day + days(1));
    CHECK(world.standing("A").balance == cents(5000) - plain_day(100));
    CHECK(world.standing("A").charged_through == day + days(1));
    CHECK(world.entries("A").size() == 2);  // the payment and one charge
    world.check_ledger();
}

TEMPLATE_TEST_CASE(
    "an account that cannot be charged is told and stays due", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(5000));
    world.account("B", "plain", day, cents(5000));
    world.readings(day, {{"A", 900'000'000'000}, {"B", 100}});
    world.night_after(day);
    const auto done = world.night(day);
    REQUIRE(done.problems.size() == 1);
    CHECK(done.problems[0].account == world.number("A"));
    CHECK(done.problems[0].error.code == "charge_out_of_range");
    CHECK(world.standing("A").charged_through == day - days(1));
    CHECK(world.standing("B").charged_through == day);
}

TEMPLATE_TEST_CASE(
    "a correction that cannot go on keeps the books whole and says so", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(tiered_tariff());
    const auto first = date("2026-07-01");
    world.account("A", "tiered", first, cents(10'000));
    for (int day = 0; day < 3; ++day)
        world.readings(first + days(day), {{"A", 250}});
    world.night_after(first + days(2));
    world.night(first + days(2));

    // The first day becomes cheaper, the second one impossible.
    world.readings(first, {{"A", 125}});
    world.readings(first + days(1), {{"A", 900'000'000'000}});
    world.readings(first + days(3), {{"A", 0}});
    world.night_after(first + days(3));
    const auto done = world.night(first + days(3));
    REQUIRE_FALSE(done.problems.empty());
    CHECK(done.problems[0].account == world.number("A"));
    CHECK(done.problems[0].error.code == "charge_out_of_range");
    CHECK(step(done, app::Step::corrections).items == 1);
    CHECK(world.standing("A").balance == cents(10'000 - 120 - 240 - 20 - 440));
    world.check_ledger();
}

TEMPLATE_TEST_CASE("a day is charged when it is over where the meter is", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(5000));
    world.account("B", "plain", day, cents(5000));
    world.store->write([&] {
        auto meter = *world.store->meters().find(World::meter_of("B"));
        meter.timezone = "Pacific/Honolulu";
        world.store->meters().save(meter);
    });
    world.readings(day, {{"A", 100}});
    // Three in the morning in Chicago is ten in the evening before in Honolulu.
    world.night_after(day);
    const auto done = world.night(day);
    CHECK(done.charges.charged == 1);
    CHECK(done.problems.empty());
    CHECK(world.standing("A").charged_through == day);
    CHECK(world.standing("B").charged_through == day - days(1));

    world.night_after(day + days(1));
    const auto next = world.night(day + days(1));
    CHECK(next.caught_up == std::vector{day});
    CHECK(world.standing("A").charged_through == day + days(1));
    CHECK(world.standing("B").charged_through == day);
}

TEMPLATE_TEST_CASE(
    "a notice of the day's usage waits for the window its customer prefers", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-07-01");
    world.account("A", "plain", day, cents(5000));
    world.store->write([&] {
        account::Preference evening;
        evening.type = account::NoticeType::daily;
        evening.address = "+12145550100";
        evening.window = {18 * 60, 20 * 60};
        world.store->accounts().save_preference(world.number("A"), evening);
        auto standing = world.standing("A");
        standing.wants_daily = true;
        REQUIRE(world.store->accounts().save(standing));
    });
    world.readings(day, {{"A", 100}});
    world.night_after(day);
    world.night(day);
    std::vector<app::Notice> daily;
    for (auto& notice : world.notices("A")) {
        if (notice.type == account::NoticeType::daily)
            daily.push_back(std::move(notice));
    }
    REQUIRE(daily.size() == 1);
    const auto next_evening = world.zone.day_start(day + days(1)) + std::chrono::hours(18);
    CHECK(daily[0].due_from == next_evening);
    CHECK(daily[0].due_to == next_evening + std::chrono::hours(2));
}
