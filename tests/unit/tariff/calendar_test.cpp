// SPDX-License-Identifier: MIT
// Which season, type of day and period a moment has.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::tariff;
using test::central;
using test::date;

namespace {

// Two seasons, peak on weekday afternoons of summer, holidays flat; half an hour of "dawn".
const Plan& plan() {
    static const Plan made(test::tariff_of(std::string(test::head) + R"(
[[season]]
name = "summer"
from = "06-01"
to = "09-30"
[[season]]
name = "winter"
from = "10-01"
to = "05-31"
[holidays]
dates = [2026-09-07]
yearly = "07-04"
[[schedule]]
seasons = "summer"
days = "weekday"
hours = [
    { from = "18:00", to = "13:00", period = "off" },
    { from = "13:00", to = "18:00", period = "peak" },
]
[[schedule]]
seasons = "summer"
days = ["weekend", "holiday"]
hours = [{ from = "00:00", to = "24:00", period = "off" }]
[[schedule]]
seasons = "winter"
days = "all"
hours = [
    { from = "00:00", to = "01:30", period = "off" },
    { from = "01:30", to = "02:00", period = "dawn" },
    { from = "02:00", to = "24:00", period = "off" },
]
[[energy]]
name = "E"
per_kwh = "0.1"
)"));
    return made;
}

std::string period_at(const PlanDay& day, Instant at) {
    return plan().tariff().periods[day.period[day.step_of(at)]];
}

int steps_of(const PlanDay& day, const std::string& period) {
    int count = 0;
    for (std::size_t step = 0; step < day.steps; ++step)
        count += plan().tariff().periods[day.period[step]] == period ? 1 : 0;
    return count;
}

}  // namespace

TEST_CASE("a day has a season, and a type that a holiday overrides") {
    struct Case {
        const char* day;
        std::size_t season;
        std::size_t type;
    };
    for (const auto& [day, season, type] : std::initializer_list<Case>{
             {"2026-05-31", 1, 6},  // Sunday, last of winter
             {"2026-06-01", 0, 0},  // Monday, first of summer
             {"2026-09-30", 0, 2},
             {"2026-10-01", 1, 3},
             {"2026-12-31", 1, 3},
             {"2026-01-01", 1, 3},
             {"2028-02-29", 1, 1},
             {"2026-09-07", 0, 7},  // one date
             {"2027-09-07", 0, 1},  // not the year after
             {"2026-07-04", 0, 7},  // a Saturday
             {"2027-07-04", 0, 7}}) {
        CAPTURE(day);
        CHECK(plan().season_of(date(day)) == season);
        CHECK(plan().type_of(date(day)) == type);
    }
}

TEST_CASE("the wall clock decides the period") {
    const auto weekday = plan_day(plan(), date("2026-07-06"), central());
    CHECK(weekday.steps == 288);
    CHECK(steps_of(weekday, "peak") == 60);
    CHECK(period_at(weekday, weekday.start + std::chrono::hours(13)) == "peak");
    CHECK(period_at(weekday, weekday.start + std::chrono::minutes(13 * 60 - 5)) == "off");
    CHECK(period_at(weekday, weekday.start + std::chrono::hours(18)) == "off");
    CHECK(steps_of(plan_day(plan(), date("2026-07-04"), central()), "peak") == 0);
    CHECK(steps_of(plan_day(plan(), date("2026-09-07"), central()), "peak") == 0);
}

TEST_CASE("a day of 25 hours has the repeated hour's periods twice, one of 23 skips") {
    const auto autumn = plan_day(plan(), date("2026-11-01"), central());
    CHECK(autumn.steps == 300);
    CHECK(steps_of(autumn, "dawn") == 12);
    const auto spring = plan_day(plan(), date("2026-03-08"), central());
    CHECK(spring.steps == 276);
    CHECK(steps_of(spring, "dawn") == 6);
    CHECK(steps_of(spring, "off") == 270);
    const auto usual = plan_day(plan(), date("2026-11-02"), central());
    CHECK(steps_of(usual, "dawn") == 6);
}

TEST_CASE("every five minutes of every day of two years has one period, in strange zones too") {
    for (const auto* name : {"America/Chicago", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"}) {
        const auto& zone = **Zone::find(name);
        for (auto day = date("2027-01-01"); day < date("2029-01-01"); day += std::chrono::days(1)) {
            const auto planned = plan_day(plan(), day, zone);
            const auto end = zone.day_start(day + std::chrono::days(1));
            REQUIRE(planned.start + std::chrono::minutes(5 * planned.steps) == end);
            for (std::size_t step = 0; step < planned.steps; ++step)
                REQUIRE(planned.period[step] < plan().tariff().periods.size());
        }
    }
}
