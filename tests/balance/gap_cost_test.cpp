// SPDX-License-Identifier: MIT
// What the hours since the last settled posting cost at the account's tariff.
#include "app/gap_cost.hpp"
#include "balance/household.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Layer;

namespace {

const std::string stepped =
    "name = \"t\"\neffective = 2026-01-01\ncurrency = \"USD\"\n[[energy]]\nname = \"Energy\"\n"
    "tiers = [ { up_to_kwh = \"26\", per_kwh = \"0.10\" }, { per_kwh = \"0.25\" } ]\n"
    "[[fixed]]\nname = \"Day\"\nper_day = \"0.50\"\n";

app::GapAnswer gap_at(const Household& home, Instant now) {
    const auto gap = app::usage_gap(home.store, {home.meter, now, provider});
    REQUIRE(gap);
    return *gap;
}

std::string cost_at(const Household& home, Instant now) {
    const auto cost = app::gap_cost(home.store, gap_at(home, now));
    return cost ? format_money(*cost) : "none";
}

}  // namespace

TEMPLATE_TEST_CASE("a gap costs what its on-demand values add to the day", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        const std::string& tariff;
        std::vector<std::int64_t> raw;  // hours of the second day
        const char* cost;
    };
    const Row rows[]{
        {plain_tariff, {}, "0.00"},
        {plain_tariff, {1000, 1000, 500}, "0.25"},
        {plain_tariff, {1000, -1, 1000}, "0.20"},  // an hour without a value costs nothing
        {stepped, {1000, 1000}, "0.20"},           // 24 kWh of the first day, 26 with these
        {stepped, {1000, 2000, 1000}, "0.70"},     // 2 below the step, 2 above
    };
    for (const auto& row : rows) {
        const TestType place;
        const auto store = place.open();
        const Household home(*store, row.tariff, "50.00");
        home.read_day(0, 1000, at(1, 6));
        auto raw = row.raw;
        raw.resize(24, -1);
        home.read(1, raw, at(1, 6), Layer::raw);
        CHECK(cost_at(home, at(1, 6)) == row.cost);
    }
}

TEMPLATE_TEST_CASE("a meter that serves nobody has no price", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const Household home(*store, plain_tariff, "50.00");
    home.read_day(0, 1000, at(1, 6));
    CHECK(cost_at(home, at(1, 6)) == "0.00");
    auto gap = gap_at(home, at(1, 6));
    store->write([&] {
        auto other = *store->meters().find(home.meter);
        other.id = "nobody's";
        store->meters().save(other);
    });
    gap.meter.id = "nobody's";
    CHECK_FALSE(app::gap_cost(*store, gap));
}
