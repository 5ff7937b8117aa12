// SPDX-License-Identifier: MIT
// Zones from their own files, held against the date library, which reads the same database.
#include <catch2/catch.hpp>
#include <date/tz.h>

#include <fstream>
#include <sstream>

#include "base/zone.hpp"
#include "base/zone_file.hpp"

using namespace usagectl;

namespace {

std::string content_of(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream("/usr/share/zoneinfo/" + name, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("every zone has the offsets the date library finds, at every change") {
    const auto end = date::sys_days(date::year(2038) / 1 / 1);
    int compared = 0;
    for (const auto& known : date::get_tzdb().zones) {
        if (known.name() == "localtime" || known.name() == "posixrules")
            continue;
        INFO(known.name());
        const auto found = Zone::find(known.name());
        REQUIRE(found);
        int wrong = 0;
        for (date::sys_seconds at{}; at < end;) {
            const auto info = known.get_info(at);
            const auto offset = static_cast<std::int32_t>(info.offset.count());
            wrong += (*found)->offset(at) == offset ? 0 : 1;
            const auto last = std::min<date::sys_seconds>(info.end, end) - std::chrono::seconds(1);
            wrong += (*found)->offset(last) == offset ? 0 : 1;
            ++compared;
            at = info.end;
        }
        CHECK(wrong == 0);
    }
    CHECK(compared > 10'000);
}

TEST_CASE("what is no zone's name opens no file") {
    for (const auto* name :
         {"",
          "/America/Chicago",
          "../zoneinfo/America/Chicago",
          "America//Chicago",
          "America/Chicago/",
          "America",
          "posix/America/Chicago",
          "right/America/Chicago",
          "localtime",
          "posixrules",
          "zone.tab",
          "zone1970.tab",
          "tzdata.zi",
          "America/chicago",
          "America/Chicago/x"}) {
        INFO(name);
        const auto found = Zone::find(name);
        REQUIRE_FALSE(found);
        CHECK(found.error().code == "timezone_unknown");
    }
}

TEST_CASE("a file that is cut is no zone") {
    const auto whole = content_of("America/Chicago");
    REQUIRE(parse_zone_file(whole));
    CHECK(parse_zone_file(whole)->rule == "CST6CDT,M3.2.0,M11.1.0");
    for (std::size_t size = 0; size < whole.size(); ++size)
        CHECK_FALSE(parse_zone_file(std::string_view(whole).substr(0, size)));
    // Counts that promise more than there is.
    for (std::size_t at = 20; at < 44; ++at) {
        auto wrong = whole;
        wrong[at] = '\x7f';
        CHECK_FALSE(parse_zone_file(wrong));
    }
}
