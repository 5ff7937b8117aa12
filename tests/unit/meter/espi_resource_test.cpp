// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "base/zone.hpp"
#include "meter/espi_feed.hpp"
#include "meter/espi_time.hpp"
#include "meter/espi_verdict.hpp"

using namespace usagectl;
using namespace usagectl::meter;

TEST_CASE("a DstRuleType is decoded bit by bit") {
    struct Case {
        const char* text;
        EspiDstRule rule;
    };
    constexpr std::uint32_t two = 7200;
    const Case cases[] = {
        {"360E2000", {3, 2, 0, 7, two}},   // second Sunday of March, 02:00
        {"B40E2000", {11, 1, 0, 7, two}},  // first Sunday of November, 02:00
        {"b40e2000", {11, 1, 0, 7, two}},
        {"3E0E1000", {3, 5, 0, 7, 3600}},    // last Sunday of March, 01:00
        {"3C0E1000", {3, 5, 0, 7, 3600}},    // fifth, which is the last
        {"328E2000", {3, 2, 0, 7, two}},     // Sunday on or after the 8th
        {"339E1000", {3, 5, 0, 7, 3600}},    // Sunday on or after the 25th of 31 days
        {"B39E2000", {11, 0, 25, 7, two}},   // of 30 days: not always the last
        {"40F0070A", {4, 0, 15, 0, 0x70A}},  // 15 April, 00:30:02
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.text);
        const auto rule = parse_espi_dst_rule(sample.text);
        REQUIRE(rule);
        CHECK(*rule == sample.rule);
    }
    for (const char* text :
         {"",
          "FFFFFFFF",
          "00000000",
          "360E200",
          "360E20000",
          "D60E2000",
          "3600",
          "36002000",
          "30002000",
          "x60E2000",
          "-60E2000"})
        CHECK_FALSE(parse_espi_dst_rule(text));
}

TEST_CASE("an offset and its rules are the zone that behaves so") {
    const char* const march = "360E2000";
    const char* const november = "B40E2000";
    struct Case {
        std::int64_t offset;
        std::int64_t saved;
        const char* start;
        const char* end;
        const char* zone;
    };
    const Case cases[] = {
        {-18'000, 3600, march, november, "America/New_York"},
        {-21'600, 3600, march, november, "America/Chicago"},
        {-25'200, 3600, march, november, "America/Denver"},
        {-28'800, 3600, march, november, "America/Los_Angeles"},
        {-32'400, 3600, march, november, "America/Anchorage"},
        {-14'400, 3600, march, november, "America/Halifax"},
        {3600, 3600, "3E0E2000", "AE0E3000", "Europe/Berlin"},
        {36'000, 3600, "A40E2000", "440E3000", "Australia/Sydney"},
        {-25'200, 0, march, november, "America/Phoenix"},
        {-25'200, 3600, "FFFFFFFF", "FFFFFFFF", "America/Phoenix"},
        {-36'000, 0, "", "", "Pacific/Honolulu"},
        {-18'000, 0, "", "", "Etc/GMT+5"},
        {32'400, 0, "", "", "Etc/GMT-9"},
        {0, 0, "", "", "Etc/GMT"},
        {50'400, 0, "", "", "Etc/GMT-14"},
        {54'000, 0, "", "", ""},
        {1800, 0, "", "", ""},
        {-18'000, 1800, march, november, ""},
        {-18'000, 3600, march, "", ""},
        {-18'000, 3600, march, "nonsense", ""},
        {-18'000, 3600, november, march, ""},
        {19'800, 3600, march, november, ""},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.offset, sample.saved, sample.start, sample.end);
        const std::string zone = espi_zone({sample.offset, sample.saved, sample.start, sample.end});
        CHECK(zone == sample.zone);
        if (!zone.empty()) {
            const auto winter = parse_instant("2025-01-15T12:00:00Z").value();
            const auto summer = parse_instant("2025-07-15T12:00:00Z").value();
            const Zone& found = *Zone::find(zone).value();
            CHECK(std::min(found.offset(winter), found.offset(summer)) == sample.offset);
        }
    }
    CHECK(espi_zone({}).empty());
}

TEST_CASE("values are scaled exactly, halves to the even neighbour") {
    struct Case {
        std::int64_t value;
        int multiplier;
        std::int64_t wh;
        bool rounded;
    };
    const Case cases[] = {
        {5, 0, 5, false},
        {5, 3, 5000, false},
        {-5, 3, -5000, false},
        {500, -3, 0, true},
        {1500, -3, 2, true},
        {2500, -3, 2, true},
        {2501, -3, 3, true},
        {2499, -3, 2, true},
        {-1500, -3, -2, true},
        {-2501, -3, -3, true},
        {3000, -3, 3, false},
        {1, -12, 0, true},
        {9'000'000, 12, 9'000'000'000'000'000'000, false},
    };
    for (const Case& sample : cases) {
        CAPTURE(sample.value, sample.multiplier);
        const auto energy = espi_energy(sample.value, sample.multiplier);
        REQUIRE(energy);
        CHECK(energy->wh == sample.wh);
        CHECK(energy->rounded == sample.rounded);
    }
    CHECK_FALSE(espi_energy(10'000'000, 12));
    CHECK_FALSE(espi_energy(-10'000'000, 12));
}

TEST_CASE("the zone of a block's meter is that of its usage point, or the feed's only one") {
    EspiEntry time;
    time.self = "/LocalTimeParameters/1";
    time.resource = EspiLocalTime{-18'000, 3600, "360E2000", "B40E2000"};
    EspiEntry point;
    point.self = "/UsagePoint/P";
    point.related = {"https://example.org/LocalTimeParameters/1/"};
    point.resource = EspiUsagePoint{};
    EspiEntry type;
    type.self = "/ReadingType/1";
    type.resource = EspiReadingType{};
    EspiEntry block;
    block.up = "/UsagePoint/P/MeterReading/1/IntervalBlock";
    block.related = {"/ReadingType/1"};
    block.resource = EspiIntervalBlocks{};

    EspiFeed feed;
    feed.add(point);
    feed.add(type);
    CHECK_FALSE(feed.trace(block, false).settled);  // the zone may still come
    feed.add(time);
    CHECK(feed.trace(block, false).settled);
    CHECK(feed.trace(block, false).zone == "America/New_York");
    CHECK(feed.trace(block, false).meter == "P");
    CHECK(feed.trace(block, false).reading == "UsagePoint/P/MeterReading/1");
    EspiEntry other = time;
    other.self = "/LocalTimeParameters/2";
    other.resource = EspiLocalTime{-21'600, 3600, "360E2000", "B40E2000"};
    feed.add(other);
    CHECK(feed.trace(block, true).zone == "America/New_York");
}
