// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/assert.hpp"
#include "base/instant.hpp"

using namespace usagectl;

namespace {

constexpr std::int64_t first_second = 0;             // 1970-01-01T00:00:00Z
constexpr std::int64_t last_second = 4'291'747'199;  // 2105-12-31T23:59:59Z

}  // namespace

TEST_CASE("an instant is read as RFC 3339 writes it") {
    struct Row {
        std::string_view text;
        std::int64_t seconds;
    };
    const Row rows[] = {
        {"1970-01-01T00:00:00Z", first_second},
        {"2026-11-20T14:00:00Z", 1'795'183'200},
        {"2026-11-20T08:00:00-06:00", 1'795'183'200},
        {"2026-11-20T19:30:00+05:30", 1'795'183'200},
        {"2026-11-20T14:00:00+00:00", 1'795'183'200},
        {"2026-11-20T14:00:00-00:00", 1'795'183'200},
        {"2024-02-29T23:59:59Z", 1'709'251'199},
        {"2000-02-29T00:00:00Z", 951'782'400},
        {"1969-12-31T18:00:00-06:00", first_second},
        {"2105-12-31T23:59:59Z", last_second},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const Result<Instant> read = parse_instant(row.text);
        REQUIRE(read);
        CHECK(unix_seconds(*read) == row.seconds);
    }
}

TEST_CASE("an instant that is malformed or does not exist is refused by name") {
    struct Row {
        std::string_view text;
        std::string_view why;
    };
    constexpr std::string_view form = "expected";
    const Row rows[] = {
        {"", form},
        {"2026-11-20", form},
        {"2026-11-20T14:00Z", form},
        {"2026-11-20 14:00:00Z", form},
        {"2026-11-20t14:00:00z", form},
        {"2026-11-20T14:00:00", form},
        {"2026-11-20T14:00:00ZZ", form},
        {"2026-11-20T14:00:00+0600", form},
        {"2026-11-20T14:00:00+6:00", form},
        {"2026-11-20T14:00:00 06:00", form},
        {"2026-11-2 T14:00:00Z", form},
        {"+2026-11-20T14:00:00Z", form},
        {"2026-11-20T14:00:-1Z", form},
        {"2026-11-20T14:00:00.5Z", "fractions"},
        {"2026-12-31T23:59:60Z", "leap seconds"},
        {"2026-12-31T23:59:61Z", "time of day"},
        {"2026-12-31T24:00:00Z", "time of day"},
        {"2026-12-31T23:60:00Z", "time of day"},
        {"2026-12-31T23:00:00+24:00", "offset"},
        {"2026-12-31T23:00:00-06:60", "offset"},
        {"2026-02-29T00:00:00Z", "date does not exist"},
        {"2100-02-29T00:00:00Z", "date does not exist"},
        {"2026-00-01T00:00:00Z", "date does not exist"},
        {"2026-13-01T00:00:00Z", "date does not exist"},
        {"2026-04-31T00:00:00Z", "date does not exist"},
        {"2026-04-00T00:00:00Z", "date does not exist"},
        {"1969-12-31T23:59:59Z", "1970 to 2105"},
        {"1970-01-01T00:00:00+00:01", "1970 to 2105"},
        {"2106-01-01T00:00:00Z", "1970 to 2105"},
        {"2105-12-31T23:59:59-00:01", "1970 to 2105"},
        {"9999-12-31T23:59:59Z", "1970 to 2105"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const Result<Instant> read = parse_instant(row.text);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == "malformed_instant");
        CHECK(read.error().exit == Exit::usage);
        INFO(read.error().message);
        CHECK(read.error().message.find(row.why) != std::string::npos);
    }
}

TEST_CASE("every instant that is written comes back, at any offset") {
    CHECK(rc::check("written and read", [] {
        const auto seconds = *rc::gen::inRange<std::int64_t>(first_second, last_second + 1);
        const std::string text = format_instant(instant(seconds));
        RC_ASSERT(text.size() == 20U);
        RC_ASSERT(parse_instant(text) == instant(seconds));
        const std::string offset = "-" + text.substr(11, 5);
        if (seconds < last_second - 86'400) {
            const Result<Instant> shifted = parse_instant(text.substr(0, 19) + offset);
            const std::int64_t minutes = seconds % 86'400 / 60;
            RC_ASSERT(shifted == instant(seconds + minutes * 60));
        }
    }));
}

TEST_CASE("a day is read and written as a date of the calendar") {
    CHECK(day_number(*parse_day("1970-01-01")) == 0);
    CHECK(day_number(*parse_day("2026-11-01")) == 20'758);
    CHECK(format_day(local_day(20'758)) == "2026-11-01");
    for (const std::string_view text :
         {"",
          "2026-11-1",
          "2026-11-011",
          "2026/11/01",
          "26-11-01",
          "2026-11-31",
          "2026-02-29",
          "2026-00-10",
          "1969-12-31",
          "2106-01-01",
          "2026-11-01T",
          " 2026-11-01",
          "today"}) {
        INFO(text);
        const Result<LocalDay> day = parse_day(text);
        REQUIRE_FALSE(day);
        CHECK(day.error().code == "malformed_date");
        CHECK(day.error().exit == Exit::usage);
    }
    for (std::int32_t number = 0; number < 49'673; ++number) {
        if (day_number(*parse_day(format_day(local_day(number)))) != number) {
            FAIL_CHECK(format_day(local_day(number)));
        }
    }
}

TEST_CASE("a year without four digits cannot be written") {
    CHECK(format_day(local_day(2'932'896)) == "9999-12-31");
    CHECK(format_instant(instant(-1)) == "1969-12-31T23:59:59Z");
    CHECK_THROWS_AS(format_day(local_day(2'932'897)), Bug);
    CHECK_THROWS_AS(format_instant(Instant::max()), Bug);
    CHECK_THROWS_AS(format_instant(Instant::min()), Bug);
}

TEST_CASE("no text makes a reader of times do anything but answer") {
    CHECK(rc::check("any text", [](const std::string& text) {
        static_cast<void>(parse_instant(text));
        static_cast<void>(parse_day(text));
        static_cast<void>(parse_instant("2026-11-20T14:00:00" + text));
    }));
}

TEST_CASE("a fixed clock stands still") {
    const FixedClock clock(instant(42));
    CHECK(clock.now() == instant(42));
    CHECK(SystemClock().now() > instant(1'700'000'000));
}
