// SPDX-License-Identifier: MIT
// What holds in every zone of the database, day by day and around every change of the clock.
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/zone.hpp"

using namespace usagectl;

namespace {

constexpr std::int64_t quarter_hour = 900;
constexpr std::int32_t first_day = 10'957;  // 2000-01-01
constexpr std::int32_t end_day = 25'933;    // 2041-01-01

// The first thing wrong with a zone, or nothing.
using Complaint = std::string;

Complaint about(const Zone& zone, std::string_view what, std::string where) {
    return zone.name() + ": " + std::string(what) + ": " + std::move(where);
}

Complaint check_days(const Zone& zone) {
    std::int64_t sum = 0;
    Instant start = zone.day_start(local_day(first_day));
    const Instant first_start = start;
    for (std::int32_t number = first_day; number < end_day; ++number) {
        const LocalDay day = local_day(number);
        const Instant next = zone.day_start(local_day(number + 1));
        const std::int64_t length = (next - start).count();
        sum += length;
        const bool empty = length == 0;
        if (length < 0 || length > 28 * 3600)
            return about(zone, "length", format_day(day));
        if (length % quarter_hour != 0)
            return about(zone, "not in quarters", format_day(day));
        if (!empty && zone.day_of(start) != day)
            return about(zone, "start", format_day(day));
        if (empty && zone.day_of(start) <= day)
            return about(zone, "empty", format_day(day));
        if (zone.day_of(start - std::chrono::seconds(1)) >= day) {
            return about(zone, "second before", format_day(day));
        }
        start = next;
    }
    return sum == (start - first_start).count() ? "" : about(zone, "sum", std::to_string(sum));
}

bool reads_back(const Zone& zone, LocalTime time, const Zone::Readings& readings) {
    if (readings.count >= 1 && zone.local(readings.first) != time)
        return false;
    if (readings.count < 2)
        return true;
    return zone.local(readings.second) == time && readings.first < readings.second;
}

// `time` is on the wall clock `expected` times.
bool shown(const Zone& zone, LocalTime time, int expected) {
    const Zone::Readings readings = zone.readings(time);
    return readings.count == expected && reads_back(zone, time, readings);
}

// The clock goes from `before` to `after` seconds east of UTC at `at`.
Complaint check_change(const Zone& zone, Instant at, std::int32_t before, std::int32_t after) {
    using std::chrono::seconds;
    const LocalTime low(at.time_since_epoch() + seconds(std::min(before, after)));
    const LocalTime high(at.time_since_epoch() + seconds(std::max(before, after)));
    const int times = after > before ? 0 : 2;
    const bool sound = shown(zone, low - seconds(1), 1) && shown(zone, low, times) &&
                       shown(zone, high - seconds(1), times) && shown(zone, high, 1);
    return sound ? "" : about(zone, "readings", format_instant(at));
}

// The first instant in (low, high] with the offset that holds at `high`.
Instant find_change(const Zone& zone, Instant low, Instant high) {
    const std::int32_t after = zone.offset(high);
    while (high - low > std::chrono::seconds(1)) {
        const Instant middle = low + (high - low) / 2;
        (zone.offset(middle) == after ? high : low) = middle;
    }
    return high;
}

Complaint check_changes(const Zone& zone) {
    constexpr std::chrono::days step(1);
    Instant at = instant(std::int64_t{first_day} * 86'400);
    for (std::int32_t number = first_day; number < end_day; ++number, at += step) {
        const std::int32_t before = zone.offset(at);
        const std::int32_t after = zone.offset(at + step);
        if (before == after)
            continue;
        const Complaint wrong = check_change(zone, find_change(zone, at, at + step), before, after);
        if (!wrong.empty())
            return wrong;
    }
    return "";
}

}  // namespace

TEST_CASE("in every zone the days from 2000 to 2040 follow each other without hole or overlap") {
    for (const std::string& name : Zone::names()) {
        CHECK(check_days(*Zone::find(name).value()) == "");
    }
}

TEST_CASE("in every zone a wall clock shows skipped times never and repeated ones twice") {
    for (const std::string& name : Zone::names()) {
        CHECK(check_changes(*Zone::find(name).value()) == "");
    }
}

// The C library reads the same files by itself, the rule at their end included.
TEST_CASE("in every zone the offset from 1970 to 2105 is what the C library says") {
    const char* const old = std::getenv("TZ");
    const std::string restore = old == nullptr ? "" : old;
    for (const std::string& name : Zone::names()) {
        const Zone& zone = *Zone::find(name).value();
        ::setenv("TZ", (":" + name).c_str(), 1);
        ::tzset();
        constexpr std::int64_t step = 20 * 86'400 + 7 * 3600 + 11 * 60;
        for (std::int64_t at = 0; at < 4'291'747'200; at += step) {
            std::tm local{};
            const std::time_t seconds = at;
            ::localtime_r(&seconds, &local);
            if (local.tm_gmtoff != zone.offset(instant(at))) {
                FAIL_CHECK(name << " " << format_instant(instant(at)));
                break;
            }
        }
    }
    old == nullptr ? ::unsetenv("TZ") : ::setenv("TZ", restore.c_str(), 1);
    ::tzset();
}
