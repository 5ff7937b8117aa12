// SPDX-License-Identifier: MIT
// Records of NEM12 files that come back.
#include <catch2/catch.hpp>

#include "unit/replay/rejects_text.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Format;

namespace {

const std::string header = "100,NEM12,202602010030,MDA,RET\n";

std::string stream(const std::string& suffix = "E1", const std::string& minutes = "30") {
    return "200,NEM1201009," + suffix + "," + suffix + "," + suffix + ",N1,,kWh," + minutes + ",\n";
}

std::string day(const std::string& date, const std::string& flag, const std::string& mark = "") {
    std::string text = "300," + date;
    for (int i = 0; i != 48; ++i)
        text += "," + (i == 7 ? mark : "") + "0." + std::to_string(100 + i);
    return text + "," + flag + ",,,20260201003000,\n";
}

ReadOptions brisbane() {
    ReadOptions options;
    options.zone = "Australia/Brisbane";
    return options;
}

void check_back(const std::string& text, std::string_view from = "?", std::string_view to = "") {
    check_comes_back(Format::nem12, text, from, to, brisbane());
}

}  // namespace

TEST_CASE("a NEM12 day comes back under its header and stream") {
    const std::string text = header + stream() + day("20260101", "A", "?") + stream("B1") +
                             day("20260101", "A") + day("20260102", "A", "?") + "900\n";
    const auto read = read_text(Format::nem12, text, brisbane());
    REQUIRE(read.rejects.size() == 2);
    CHECK(read.rejects[1].context + "\n" == header + stream("B1"));
    check_back(text);
}

TEST_CASE("a NEM12 day comes back with the 400 records that give it its qualities") {
    const std::string text = header + stream() + day("20260101", "V") + "400,1,20,A,,\n" +
                             "400,21,?48,E52,,\n500,O,,20260101,\n" + day("20260102", "V", "?") +
                             "400,1,48,S,,\n" + day("20260103", "A") + "900\n";
    const auto read = read_text(Format::nem12, text, brisbane());
    REQUIRE(read.rejects.size() == 2);
    CHECK(
        read.rejects[0].record + "\n" == day("20260101", "V") + "400,1,20,A,,\n400,21,?48,E52,,\n"
    );
    CHECK_THAT(read.rejects[0].reason, Catch::Contains("its 400 record number 2 names intervals"));
    CHECK(read.rejects[1].line == 7);
    check_back(text);
}

TEST_CASE("a wrong 200 record comes back, and what lay under it") {
    check_back(
        header + stream("E1", "?30") + day("20260101", "A") + day("20260102", "A") + "900\n"
    );
    check_back(header + stream("?E1") + day("20260101", "A") + stream("B1") + day("20260101", "A"));
}

TEST_CASE("what lay under a missing header comes back without a word about that") {
    const std::string text = stream() + day("20260101", "A", "?") + "900\n";
    const auto read = read_text(Format::nem12, text, brisbane());
    REQUIRE(read.rejects.size() == 2);
    CHECK_THAT(read.rejects[0].reason, Catch::Contains("100 header record is missing"));
    CHECK(read.rejects[0].context.empty());
    const auto back =
        replay(replaced(rejects_text(Format::nem12, {read.rejects[1]}), "?", ""), brisbane());
    CHECK(back.rejects.empty());
    CHECK(back.intervals.size() == 48);
    const auto cured = replay(replaced(
        rejects_text(Format::nem12, {read.rejects[0]}), "\"record\":\"", "\"record\":\"100,NEM12\\n"
    ));
    CHECK(cured.rejects.empty());
}

TEST_CASE("what lay under a wrong header in the midst of a file comes back without it") {
    const std::string text = header + stream() + day("20260101", "A") + "900\n100,NEM14,,,\n" +
                             stream() + day("20260102", "A", "?") + "900\n";
    const auto read = read_text(Format::nem12, text, brisbane());
    REQUIRE(read.rejects.size() == 2);
    CHECK(read.rejects[0].reason == "the header names 'NEM14', not NEM12");
    CHECK(read.rejects[0].context.empty());
    const auto back =
        replay(replaced(rejects_text(Format::nem12, {read.rejects[1]}), "?", ""), brisbane());
    CHECK(back.rejects.empty());
    CHECK(back.intervals.size() == 48);
    const auto again = replay(rejects_text(Format::nem12, {read.rejects[0]}), brisbane());
    REQUIRE(again.rejects.size() == 1);
    CHECK(again.rejects[0].reason == read.rejects[0].reason);
    CHECK(again.rejects[0].line == 5);
}

TEST_CASE("NEM12 records come back in market time, whatever the zone of the others") {
    const auto read =
        read_text(Format::nem12, header + stream() + day("20260101", "A", "?"), brisbane());
    const std::string text = replaced(rejects_text(Format::nem12, read.rejects), "?", "");
    const auto back = replay(text);  // a Texan store
    REQUIRE(back.intervals.size() == 48);
    CHECK(format_instant(back.intervals[0].start) == "2025-12-31T14:00:00Z");
    ReadOptions insists;
    insists.zone_is_explicit = true;
    CHECK(format_instant(replay(text, insists).intervals[0].start) == "2026-01-01T06:00:00Z");
}
