// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "meter/row_clock.hpp"

namespace usagectl::meter {
namespace {

const Zone& chicago() {
    return *Zone::find("America/Chicago").value();
}

constexpr LocalDay fall = LocalDay(std::chrono::days(20'394));    // 2025-11-02
constexpr LocalDay spring = LocalDay(std::chrono::days(20'156));  // 2025-03-09

struct Times {
    int start = 0;
    int end = 0;
};

// The 100 rows of the fall day as local quarter hours in order of time.
std::vector<Times> fall_rows() {
    std::vector<Times> rows;
    for (int minute = 0; minute != 120; minute += 15)
        rows.push_back({minute, minute + 15});
    for (int minute = 60; minute != 1440; minute += 15)
        rows.push_back({minute, minute + 15});
    return rows;
}

std::vector<Instant> place_all(const std::vector<Times>& rows, LocalDay day) {
    RowClock clock;
    std::vector<Instant> starts;
    for (const Times& times : rows) {
        const auto placed =
            clock.place({"m", Channel::consumption, 0, day, times.start, times.end}, chicago());
        INFO(times.start);
        CHECK(placed.fault == nullptr);
        CHECK(placed.minutes == 15);
        starts.push_back(placed.start);
    }
    return starts;
}

TEST_CASE("rows of the fall day in order of time fill its 25 hours") {
    auto rows = fall_rows();
    REQUIRE(rows.size() == 100);
    const Instant midnight = chicago().day_start(fall);
    const bool mislabelled = GENERATE(false, true);
    // The way Smart Meter Texas writes the first repeated interval.
    if (mislabelled)
        rows[8] = {120, 75};
    const auto starts = place_all(rows, fall);
    for (std::size_t i = 0; i != starts.size(); ++i) {
        CHECK(starts[i] == midnight + std::chrono::minutes(15 * static_cast<int>(i)));
    }
}

TEST_CASE("rows of the fall day backwards fill its 25 hours") {
    auto rows = fall_rows();
    std::reverse(rows.begin(), rows.end());
    auto starts = place_all(rows, fall);
    std::reverse(starts.begin(), starts.end());
    const Instant midnight = chicago().day_start(fall);
    for (std::size_t i = 0; i != starts.size(); ++i) {
        CHECK(starts[i] == midnight + std::chrono::minutes(15 * static_cast<int>(i)));
    }
}

TEST_CASE("rows of the fall day sorted by their label lose no interval") {
    auto rows = fall_rows();
    std::stable_sort(rows.begin(), rows.end(), [](const Times& a, const Times& b) {
        return a.start < b.start;
    });
    const auto starts = place_all(rows, fall);
    CHECK(std::set<Instant>(starts.begin(), starts.end()).size() == 100);
}

TEST_CASE("a row of the skipped hour has no place, the one before it is one interval long") {
    RowClock clock;
    const auto place = [&](int start, int end) {
        return clock.place({"m", Channel::consumption, 0, spring, start, end}, chicago());
    };
    CHECK_THAT(std::string(place(120, 135).fault), Catch::Contains("does not exist in local time"));
    CHECK(place(105, 180).minutes == 15);
    CHECK(place(105, 120).minutes == 15);
    CHECK(place(180, 195).start == place(105, 120).start + std::chrono::minutes(15));
    CHECK(place(30, 75).fault != nullptr);
    CHECK(place(120, 75).fault != nullptr);
}

TEST_CASE("series of the fall day do not disturb each other") {
    RowClock clock;
    const Instant midnight = chicago().day_start(fall);
    std::size_t i = 0;
    for (const Times& times : fall_rows()) {
        const Instant expected = midnight + std::chrono::minutes(15 * static_cast<int>(i++));
        for (const char* meter : {"a", "b"}) {
            for (const Channel channel : {Channel::consumption, Channel::generation}) {
                const auto placed =
                    clock.place({meter, channel, 7, fall, times.start, times.end}, chicago());
                CHECK(placed.start == expected);
            }
        }
    }
}

TEST_CASE("a newer revision of the fall day begins anew") {
    RowClock clock;
    for (const std::int64_t revision : {1, 2}) {
        const auto first =
            clock.place({"m", Channel::consumption, revision, fall, 60, 75}, chicago());
        const auto second =
            clock.place({"m", Channel::consumption, revision, fall, 60, 75}, chicago());
        CHECK(second.start == first.start + std::chrono::hours(1));
        CHECK(first.start == chicago().day_start(fall) + std::chrono::hours(1));
    }
}

}  // namespace
}  // namespace usagectl::meter
