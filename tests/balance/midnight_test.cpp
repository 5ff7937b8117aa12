// SPDX-License-Identifier: MIT
// The balance told at the end of a day is the one there is once the day is charged.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "balance/household.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Layer;

namespace {

std::vector<std::int64_t> random_hours(int most_missing) {
    std::vector<std::int64_t> wh;
    for (int hour = 0; hour < 24; ++hour) {
        const bool missing = *rc::gen::inRange(0, 24) < most_missing;
        wh.push_back(missing ? -1 : *rc::gen::inRange<std::int64_t>(0, 4'000));
    }
    return wh;
}

void tell_then_charge(const Household& home, int day) {
    const auto midnight = at(day + 1, 0);
    const auto now = at(day + 1, 4);
    const auto before = home.told(now, midnight).parts.balance();
    home.charge(day, now);
    const auto after = home.told(now, midnight);
    RC_ASSERT(before == after.parts.balance());
    RC_ASSERT(after.parts.posted == after.parts.balance());
}

}  // namespace

TEST_CASE("a day that is settled costs at midnight what it is charged") {
    CHECK(rc::check([] {
        const Sqlite place;
        const auto store = place.open();
        const Household home(*store, rich_tariff, "200.00");
        for (int day = 0; day < 3; ++day) {
            home.read(day, random_hours(0), at(day + 1, 3));
            home.read(day, random_hours(0), at(day + 1, 3), Layer::vee, meter::Channel::generation);
            tell_then_charge(home, day);
        }
    }));
}

TEST_CASE("so does a day with holes, on-demand readings and estimates") {
    CHECK(rc::check([] {
        const Sqlite place;
        const auto store = place.open();
        const Household home(*store, rich_tariff, "200.00");
        for (int day = 0; day < 9; ++day) {
            home.read(day, random_hours(6), at(day + 1, 3));
            if (*rc::gen::arbitrary<bool>())
                home.read(day, random_hours(12), at(day + 1, 3), Layer::raw);
            if (*rc::gen::inRange(0, 3) > 0)
                home.read(
                    day, random_hours(12), at(day + 1, 3), Layer::vee, meter::Channel::generation
                );
            tell_then_charge(home, day);
        }
    }));
}

TEST_CASE("several days that wait for their charge are told together") {
    const Sqlite place;
    const auto store = place.open();
    const Household home(*store, rich_tariff, "200.00");
    for (int day = 0; day < 12; ++day)  // across the beginning of a billing cycle
        home.read_day(day, 300 + 50 * day, at(day + 1, 3));
    const auto told = home.told(at(12, 4), at(12, 0)).parts.balance();
    for (int day = 0; day < 12; ++day)
        home.charge(day, at(12, 4));
    CHECK(home.told(at(12, 4), at(12, 0)).parts.balance() == told);
}
