// SPDX-License-Identifier: MIT
// Rows of plain CSV and of Smart Meter Texas files that come back under their header.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <set>

#include "unit/replay/rejects_text.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Format;

namespace {

const std::string smt_header =
    "ESIID,USAGE_DATE,REVISION_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,"
    "ESTIMATED_ACTUAL,CONSUMPTION_SURPLUSGENERATION";

std::string
smt_row(const std::string& start, const std::string& end, const std::string& kwh, const char* day) {
    return std::string("'10443720000000017,") + day + "," + day + " 23:00:00," + start + "," + end +
           "," + kwh + ",A,Consumption\n";
}

std::string clock(int minute) {
    const auto two = [](int value) { return std::to_string(100 + value).substr(1); };
    return two(minute / 60 % 24) + ":" + two(minute % 60);
}

// The 100 rows of the day the clock goes back, each with another value.
std::vector<std::string> fall_rows() {
    std::vector<std::string> rows;
    const auto add = [&](int minute, bool old_label) {
        const std::string kwh = "0." + std::to_string(100 + rows.size());
        const std::string start = old_label ? "02:00" : clock(minute);
        rows.push_back(smt_row(start, clock(minute + 15), kwh, "11/02/2025"));
    };
    for (int minute = 0; minute != 120; minute += 15)
        add(minute, false);
    for (int minute = 60; minute != 1440; minute += 15)
        add(minute, minute == 60);
    return rows;
}

}  // namespace

TEST_CASE("a CSV row comes back with the interval length its file has shown") {
    const std::string rows = "1,2025-12-13T06:00:00Z,5\n1,2025-12-13T06:30:00Z,?6\n"
                             "1,2025-12-13T07:00:00Z,7\n1,2025-12-13T07:30:00Z,?8\n";
    check_comes_back(Format::csv, "meter,start,wh\n" + rows, "?", "");
    check_comes_back(
        Format::csv,
        "\xEF\xBB\xBFmeter,start,wh,minutes=60\r\n1,2025-12-13T06:00:00Z,?5\r\n",
        "?",
        ""
    );
    const auto read = read_text(Format::csv, "meter,start,wh \r\n" + rows);
    REQUIRE(read.rejects.size() == 2);
    CHECK(read.rejects[0].context == "meter,start,wh ,minutes=30");
}

TEST_CASE("a CSV row comes back under the header it stood under") {
    check_comes_back(
        Format::csv,
        "meter,start,wh\n1,2025-12-13T06:00:00Z,5\n1,2025-12-13T06:15:00Z,?1\n"
        "minutes,kwh,start,meter,channel,quality\n30,0.5,2025-12-14T06:00:00Z,1,1,E\n"
        "30,?0.7,2025-12-14T06:30:00Z,1,1,E\n",
        "?",
        ""
    );
}

TEST_CASE("a header may say the length of all its rows") {
    const auto read =
        read_text(Format::csv, "meter,start,wh,MINUTES=60\n1,2025-12-13T06:00:00Z,5\n");
    REQUIRE(read.intervals.size() == 1);
    CHECK(read.intervals[0].minutes == 60);
    const auto wrong = read_text(Format::csv, "meter,start,wh,minutes=7\n");
    REQUIRE(wrong.error);
    CHECK(wrong.error->code == "header_malformed");
    CHECK_THAT(wrong.error->message, Catch::Contains("minutes '7' is not 5, 10, 15, 30 or 60"));
}

TEST_CASE("Smart Meter Texas rows come back under their header") {
    std::string text = smt_header + "\r\n";
    for (int minute = 0; minute != 1440; minute += 15) {
        const char* mark = minute % 165 == 0 ? "?" : "";
        text += smt_row(clock(minute), clock(minute + 15), mark + std::string("0.5"), "12/13/2025");
    }
    check_comes_back(Format::smt_csv, text, "?", "");
    ReadOptions late;
    late.latest_end = "2025-12-14T04:00:00Z";
    const auto read = read_text(Format::smt_csv, text, late);
    CHECK(read.rejects.back().context == smt_header);
}

TEST_CASE("any rows of the repeated hour come back to the hours they were read as") {
    const auto rows = fall_rows();
    CHECK(rc::check("any rows of the fall day", [&] {
        const auto wrong = *rc::gen::nonEmpty<std::set<std::size_t>>(
            rc::gen::container<std::set<std::size_t>>(rc::gen::inRange<std::size_t>(0, 20))
        );
        std::string text = smt_header + "\n";
        for (std::size_t i = 0; i != rows.size(); ++i)
            text += wrong.contains(i) ? replaced(rows[i], ",0.1", ",?0.1") : rows[i];
        check_comes_back(Format::smt_csv, text, "?", "");
    }));
}

TEST_CASE("rows of the repeated hour that are of the future come back to the hours they were in") {
    std::string text = smt_header + "\n";
    for (const auto& row : fall_rows())
        text += row;
    ReadOptions options;
    options.latest_end = "2025-11-02T06:15:00Z";
    const auto early = read_text(Format::smt_csv, text, options);
    REQUIRE(early.rejects.size() == 95);
    const auto later = replay(rejects_text(Format::smt_csv, early.rejects));
    CHECK(later.rejects.empty());
    auto all = early.intervals;
    all.insert(all.end(), later.intervals.begin(), later.intervals.end());
    CHECK(usage(all) == usage(read_text(Format::smt_csv, text).intervals));
}

TEST_CASE("what the file has shown of one row is not said of the next") {
    auto rows = fall_rows();
    rows[10] = replaced(rows[10], ",0.1", ",?0.1");
    rows[11] = rows[11].substr(0, rows[11].rfind(',')) + "\n";
    std::string text = smt_header + "\n";
    for (const auto& row : rows)
        text += row;
    const auto read = read_text(Format::smt_csv, text);
    REQUIRE(read.rejects.size() == 2);
    CHECK(read.rejects[0].context == smt_header + ",repeated=second");
    CHECK(read.rejects[1].context == smt_header);
}

TEST_CASE("a row that never had a place in the repeated hour gets none when it comes back") {
    const std::string row = smt_row("01:30", "01:45", "0.5", "11/02/2025");
    const auto read =
        read_text(Format::smt_csv, smt_header + "\n" + replaced(row, "'1044", "'?1044"));
    REQUIRE(read.rejects.size() == 1);
    const auto text = replaced(rejects_text(Format::smt_csv, read.rejects), "?", "");
    const auto refused = replay(text);
    REQUIRE(refused.rejects.size() == 1);
    CHECK_THAT(refused.rejects[0].reason, Catch::Contains("occurs twice on this day"));
    for (const char* which : {"first", "second"}) {
        const auto told = replay(
            replaced(text, "SURPLUSGENERATION", std::string("SURPLUSGENERATION,repeated=") + which)
        );
        REQUIRE(told.intervals.size() == 1);
        const bool second = std::string_view(which) == "second";
        CHECK(
            format_instant(told.intervals[0].start) ==
            (second ? "2025-11-02T07:30:00Z" : "2025-11-02T06:30:00Z")
        );
    }
    CHECK(
        replay(replaced(text, "SURPLUSGENERATION", "SURPLUSGENERATION,repeated=third"))
            .rejects[0]
            .reason == "the header row says repeated='third', neither first nor second"
    );
}
