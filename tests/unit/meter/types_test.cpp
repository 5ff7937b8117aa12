// SPDX-License-Identifier: MIT
#include "meter/types.hpp"

#include <catch2/catch.hpp>

#include "meter/day_block.hpp"

using namespace usagectl;
using namespace usagectl::meter;

TEST_CASE("a meter identifier is 1 to 64 characters of a small alphabet") {
    for (const std::string_view id : {"1", "10443720000000001", "NMI1234567", "a.b_c:d/e-f"})
        CHECK(MeterId::valid(id));
    CHECK(MeterId::valid(std::string(64, '9')));
    CHECK_FALSE(MeterId::valid(std::string(65, '9')));
    for (const std::string_view id : {"", " ", "1 2", "'1", "1\n", "a,b", "\xc3\xa9"})
        CHECK_FALSE(MeterId::valid(id));
    CHECK_FALSE(MeterId::valid(std::string_view("a\0b", 3)));
}

TEST_CASE("a meter identifier loses the apostrophe of a spreadsheet, and only one") {
    CHECK(MeterId::parse("'10443720000000001").value().text() == "10443720000000001");
    CHECK(MeterId::parse("10443720000000001").value().text() == "10443720000000001");
    for (const std::string_view text : {"", "'", "''1", "1'"}) {
        const auto parsed = MeterId::parse(text);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().code == "malformed_meter");
        CHECK(parsed.error().exit == Exit::usage);
        CHECK_FALSE(parsed.error().hint.empty());
    }
}

TEST_CASE("a refused meter identifier is quoted without what would move a cursor") {
    const auto parsed = MeterId::parse("\x1b[2Jmeter");
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().message.find('\x1b') == std::string::npos);
    CHECK(MeterId::parse(std::string(100'000, '!')).error().message.size() < 200);
}

TEST_CASE("interval lengths are 5, 10, 15, 30 and 60 minutes") {
    for (std::int64_t minutes = -60; minutes <= 120; ++minutes) {
        const bool expected =
            minutes == 5 || minutes == 10 || minutes == 15 || minutes == 30 || minutes == 60;
        CHECK(valid_interval_minutes(minutes) == expected);
    }
}

TEST_CASE("every channel, layer and quality has its public word") {
    CHECK(to_string(Channel::generation) == "generation");
    CHECK(to_string(Channel::consumption) == "consumption");
    CHECK(to_string(Layer::vee) == "vee");
    CHECK(to_string(Layer::raw) == "raw");
    CHECK(to_string(Quality::missing) == "missing");
    CHECK(to_string(Quality::estimated) == "estimated");
    CHECK(to_string(Quality::actual) == "actual");
}

TEST_CASE("a cleared block has its slots and none of them present") {
    DayBlock block;
    block.clear(instant(3600), 30, 48);
    CHECK(block.present() == 0);
    CHECK(block.total_wh() == 0);
    CHECK(block.slot_start(3) == instant(3600 + 3 * 1800));
    block.wh[47] = 5;
    block.quality[47] = Quality::estimated;
    CHECK(block.present() == 1);
    CHECK(block.total_wh() == 5);
}

TEST_CASE("blocks are equal when grid, values and qualities are, whatever lies beyond the count") {
    DayBlock left;
    DayBlock right;
    left.clear(instant(0), 60, 24);
    right.clear(instant(0), 60, 24);
    left.wh[24] = 1;
    right.wh[24] = 2;
    CHECK(left == right);
    right.wh[3] = 1;
    CHECK_FALSE(left == right);
    right.copy_from(left);
    CHECK(left == right);
    right.quality[3] = Quality::actual;
    CHECK_FALSE(left == right);
    right.clear(instant(0), 60, 23);
    CHECK_FALSE(left == right);
    right.clear(instant(60), 60, 24);
    CHECK_FALSE(left == right);
}
