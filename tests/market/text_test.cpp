// SPDX-License-Identifier: MIT
// The market's dates and times, on days with an hour too many or too few.
#include <catch2/catch.hpp>

#include "net/market_text.hpp"

namespace usagectl::net {
namespace {

const Zone& chicago() {
    return *Zone::find("America/Chicago").value();
}

std::string read(std::string_view text, std::string_view now = "2026-12-01T00:00:00Z") {
    const auto at = market_instant(text, chicago(), parse_instant(now).value());
    return at ? format_instant(*at) : "none";
}

TEST_CASE("a date and time is local to the market") {
    struct Row {
        const char* text;
        const char* instant;
    };
    const Row row = GENERATE(
        Row{"08/15/2020 14:07:40", "2020-08-15T19:07:40Z"},
        Row{" 01/15/2026 14:07 ", "2026-01-15T20:07:00Z"},
        Row{"2026-01-15T14:07:40", "2026-01-15T20:07:40Z"},
        Row{"2026-01-15 14:07:40.123", "2026-01-15T20:07:40Z"},
        Row{"01/15/2026 24:00:00", "2026-01-16T06:00:00Z"},
        Row{"03/08/2026 02:30:00", "2026-03-08T08:30:00Z"},  // skipped: as standard time
        Row{"", "none"},
        Row{"01/15/2026", "none"},
        Row{"01/15/2026 ", "none"},
        Row{"13/15/2026 10:00:00", "none"},
        Row{"02/30/2026 10:00:00", "none"},
        Row{"01/15/2026 25:00:00", "none"},
        Row{"01/15/2026 24:00:01", "none"},
        Row{"01/15/2026 10:61:00", "none"},
        Row{"01/15/2026 10-00-00", "none"},
        Row{"01/15/2026 1:00:00", "none"},
        Row{"01/15/2026 -1:00:00", "none"},
        Row{"01/15/20261 10:00:00", "none"},
        Row{"01/15/2026 10:00:00 AM", "none"}
    );
    INFO(row.text);
    CHECK(read(row.text) == row.instant);
}

TEST_CASE("a repeated hour is the later one, unless that is still to come") {
    const char* const text = "11/01/2026 01:12:00";
    CHECK(read(text, "2026-11-01T07:13:00Z") == "2026-11-01T07:12:00Z");
    CHECK(read(text, "2026-11-01T06:13:00Z") == "2026-11-01T06:12:00Z");
    // The market's clock may be a little ahead of ours.
    CHECK(read(text, "2026-11-01T07:11:00Z") == "2026-11-01T07:12:00Z");
    CHECK(read(text, "2026-11-03T00:00:00Z") == "2026-11-01T07:12:00Z");
}

TEST_CASE("dates there and back") {
    for (const char* text : {"2026-01-02", "2026-12-31", "2024-02-29"}) {
        const LocalDay day = parse_day(text).value();
        CHECK(market_day(market_day_text(day)) == day);
        CHECK(market_day(text) == day);
    }
    CHECK(market_day_text(parse_day("2026-01-02").value()) == "01/02/2026");
    CHECK_FALSE(market_day("02/29/2026"));
    CHECK_FALSE(market_day("1/2/2026"));
    CHECK_FALSE(market_day("01/02/2026x"));
}

TEST_CASE("times of day") {
    CHECK(market_minutes("00:00") == 0);
    CHECK(market_minutes("13:45:00") == 825);
    CHECK(market_minutes("24:00") == 1440);
    CHECK(market_minutes("01/02/2026 13:45") == 825);
    CHECK_FALSE(market_minutes("13:45:30"));
    CHECK_FALSE(market_minutes("1345"));
    CHECK_FALSE(market_minutes(""));
    CHECK_FALSE(market_minutes("24:15"));
}

TEST_CASE("a stranger's words are made fit to be printed") {
    CHECK(shown_words("  fine \n") == "fine ?");
    CHECK(shown_words("a\x1b[31mb\xc3\xa9") == "a?[31mb??");
    CHECK(shown_words(std::string(1000, 'x')).size() == 160);
}

}  // namespace
}  // namespace usagectl::net
