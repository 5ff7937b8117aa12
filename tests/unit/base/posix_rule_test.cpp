// SPDX-License-Identifier: MIT
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/posix_rule.hpp"

using namespace usagectl;
using std::chrono::year;

namespace {

std::string described(const PosixRule::Change& change) {
    return format_instant(change.at) + " " + std::to_string(change.offset) +
           (change.daylight ? " daylight" : " standard");
}

}  // namespace

TEST_CASE("a rule gives the two changes of each year, in order of time") {
    struct Row {
        std::string_view text;
        int in;
        std::string first;
        std::string second;
    };
    const Row rows[] = {
        {"CST6CDT,M3.2.0,M11.1.0",
         2040,
         "2040-03-11T08:00:00Z -18000 daylight",
         "2040-11-04T07:00:00Z -21600 standard"},
        {"CET-1CEST,M3.5.0,M10.5.0/3",
         2050,
         "2050-03-27T01:00:00Z 7200 daylight",
         "2050-10-30T01:00:00Z 3600 standard"},
        {"AEST-10AEDT,M10.1.0,M4.1.0/3",
         2045,
         "2045-04-01T16:00:00Z 36000 standard",
         "2045-09-30T16:00:00Z 39600 daylight"},
        {"<+1030>-10:30<+11>-11,M10.1.0,M4.1.0",
         2045,
         "2045-04-01T15:00:00Z 37800 standard",
         "2045-09-30T15:30:00Z 39600 daylight"},
        // Greenland changes with Europe, which by its own clock is the evening before.
        {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
         2060,
         "2060-03-28T01:00:00Z -3600 daylight",
         "2060-10-31T01:00:00Z -7200 standard"},
        // Saturday at 2, said as the fourth Thursday and 50 hours.
        {"EET-2EEST,M3.4.4/50,M10.4.4/50",
         2090,
         "2090-03-25T00:00:00Z 10800 daylight",
         "2090-10-27T23:00:00Z 7200 standard"},
        // Ireland: the winter is the deviation.
        {"IST-1GMT0,M10.5.0,M3.5.0/1",
         2040,
         "2040-03-25T01:00:00Z 3600 standard",
         "2040-10-28T01:00:00Z 0 daylight"},
        // J60 is the first of March in leap years too; 59 counts the leap day.
        {"XXX0YYY,J60/0,J300/0",
         2044,
         "2044-03-01T00:00:00Z 3600 daylight",
         "2044-10-26T23:00:00Z 0 standard"},
        {"XXX0YYY,59/0,J300/0",
         2044,
         "2044-02-29T00:00:00Z 3600 daylight",
         "2044-10-26T23:00:00Z 0 standard"},
        {"XXX0YYY,59/0,J300/0",
         2045,
         "2045-03-01T00:00:00Z 3600 daylight",
         "2045-10-26T23:00:00Z 0 standard"},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        const std::optional<PosixRule> rule = PosixRule::parse(row.text);
        REQUIRE(rule);
        const auto changes = rule->changes(year(row.in));
        CHECK(described(changes[0]) == row.first);
        CHECK(described(changes[1]) == row.second);
    }
}

TEST_CASE("a string without a rule, or with a broken one, gives none") {
    for (const std::string_view text :
         {"",
          "UTC0",
          "<+0530>-5:30",
          "CST6CDT",
          "CST6CDT,M3.2.0",
          "CST6CDT,M3.2.0,M11.1.0,",
          "CST6CDT,M13.2.0,M11.1.0",
          "CST6CDT,M0.2.0,M11.1.0",
          "CST6CDT,M3.6.0,M11.1.0",
          "CST6CDT,M3.2.7,M11.1.0",
          "CST6CDT,J0,J365",
          "CST6CDT,366,10",
          "CST6CDT,M3.2.0/168,10",
          "CS6CDT,M3.2.0,M11.1.0",
          "<CST6CDT,M3.2.0,M11.1.0",
          "CST25CDT,M3.2.0,M11.1.0",
          "CST6CDT,M3.2.0/2:60,M11.1.0",
          "CST6CDT,M3.2.99999999999999999999,M11.1.0"}) {
        INFO(text);
        CHECK_FALSE(PosixRule::parse(text));
    }
    CHECK(rc::check("any text", [](const std::string& text) {
        static_cast<void>(PosixRule::parse(text));
        static_cast<void>(PosixRule::parse("CST6CDT,M3.2." + text));
    }));
}
