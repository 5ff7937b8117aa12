// SPDX-License-Identifier: MIT
// What a night writes for others, on both engines: charges for the legacy system, and the meters
// that are still to be read (source: US 8,095,475, figure 9, steps 202 and 220).
#include "app/legacy_export.hpp"
#include "app/reading_requests.hpp"
#include "prepay/world.hpp"

using namespace usagectl;
using namespace usagectl::test;
using std::chrono::days;

namespace {

// Nights that tell the legacy system; the days it was told of.
struct Told {
    World& world;
    std::vector<LocalDay> days = {};

    app::NightlyDone night(LocalDay day) {
        days.clear();
        app::NightlyRequest request;
        request.day = day;
        request.actor = "night";
        request.legacy_export = [this](LocalDay told) -> Result<app::NightlyRequest::Exported> {
            days.push_back(told);
            const auto all =
                app::export_prepay_charges(*world.store, told, world.prepay, [](std::string_view) {
                });
            return app::NightlyRequest::Exported{all.rows, all.amount};
        };
        auto done = app::run_nightly(
            *world.store, request, world.prepay, world.packs, world.actor, world.clock
        );
        REQUIRE(done);
        return std::move(*done);
    }
};

}  // namespace

TEMPLATE_TEST_CASE(
    "the legacy system is told of days that were missed, and of those that changed",
    "",
    Sqlite,
    Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-07-01");
    world.tariff(plain_tariff() + "[minimum]\nname = \"Least\"\nper_day = \"1.00\"\n");
    const auto first = date("2026-07-01");
    world.account("A", "plain", first, cents(5000));
    world.readings(first, {{"A", 100}});
    world.readings(first + days(1), {{"A", 100}});
    Told told{world};
    world.night_after(first + days(1));
    const auto done = told.night(first + days(1));
    CHECK(told.days == std::vector{first, first + days(1)});
    CHECK(step(done, app::Step::legacy_export).items == 1);
    CHECK(step(done, app::Step::legacy_export).amount == cents(4));

    // Better readings of the first day lift it above the minimum: the fee it had is gone.
    world.readings(first, {{"A", 200}});
    world.readings(first + days(2), {{"A", 200}});
    world.night_after(first + days(2));
    told.night(first + days(2));
    CHECK(told.days == std::vector{first, first + days(2)});
    // Told once.
    told.night(first + days(2));
    CHECK(told.days == std::vector{first + days(2)});
}

TEMPLATE_TEST_CASE(
    "meters without whole readings are asked for, again until they have come", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-11-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-11-01");  // 25 hours
    for (const auto* id : {"A", "B", "C", "D", "E"})
        world.account(id, "plain", day, cents(5000));
    world.store->write([&] {
        auto gone = world.standing("D");
        gone.status = account::Status::suspended;
        REQUIRE(world.store->accounts().save(gone));
        auto meter = *world.store->meters().find(World::meter_of("E"));
        meter.timezone = "Pacific/Honolulu";
        world.store->meters().save(meter);
    });
    world.readings(day, {{"A", 100}, {"B", 100, {7, 8, 9}}});
    world.readings(day, {{"B", 100, {0, 8}}}, meter::Layer::raw);
    world.night_after(day);
    const auto asked = [&] {
        std::string rows;
        const auto count =
            app::request_readings(*world.store, day, world.clock.now(), [&](std::string_view more) {
                rows += more;
            });
        return std::pair(count, rows);
    };
    const std::string header = "meter,account,date,from,to,intervals,missing\n";
    const std::string span = ",2026-11-01,2026-11-01T05:00:00Z,2026-11-02T06:00:00Z,100,";
    CHECK(
        asked() == std::pair(std::int64_t{2}, header + "M-B,B" + span + "1\nM-C,C" + span + "100\n")
    );

    // The night hands them over before it charges, and again when it is repeated.
    app::NightlyRequest request;
    request.day = day;
    request.actor = "night";
    std::vector<std::int64_t> counts;
    request.request_readings = [&](LocalDay of) {
        CHECK(of == day);
        counts.push_back(asked().first);
        return counts.back();
    };
    const auto night = [&] {
        return *app::run_nightly(
            *world.store, request, world.prepay, world.packs, world.actor, world.clock
        );
    };
    const auto first = night();
    CHECK(first.charges.estimated == 2);
    CHECK(step(first, app::Step::readings).detail == "meters without whole readings: 2");
    world.readings(day, {{"C", 100}});
    CHECK(step(night(), app::Step::readings).detail == "meters without whole readings: 1");
    CHECK(counts == std::vector<std::int64_t>{2, 1});
}

TEMPLATE_TEST_CASE(
    "a list that cannot be handed over fails its step and nothing else", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    World world(place, "2026-11-01");
    world.tariff(plain_tariff());
    const auto day = date("2026-11-01");
    world.account("A", "plain", day, cents(5000));
    world.night_after(day);
    app::NightlyRequest request;
    request.day = day;
    request.actor = "night";
    bool taken = false;
    request.request_readings = [&](LocalDay) -> Result<std::int64_t> {
        if (taken)
            return 1;
        return refuse(Exit::unavailable, "file_not_written", "the disk is full", "free space");
    };
    const auto night = [&] {
        return *app::run_nightly(
            *world.store, request, world.prepay, world.packs, world.actor, world.clock
        );
    };
    const auto state = [&] { return world.store->nightly().steps(day).front().state; };
    const auto first = night();
    CHECK(step(first, app::Step::readings).status == "failed");
    CHECK(step(first, app::Step::readings).error->hint == "free space");
    CHECK(step(first, app::Step::readings).items == 1);
    CHECK(first.charges.charged == 1);
    CHECK(step(first, app::Step::legacy_export).status == "done");
    CHECK(state() == "started");

    taken = true;
    const auto second = night();
    CHECK(step(second, app::Step::readings).status == "done");
    CHECK_FALSE(step(second, app::Step::readings).error);
    CHECK(step(second, app::Step::readings).items == 1);
    CHECK(second.charges.charged == 0);
    CHECK(state() == "done");
}
