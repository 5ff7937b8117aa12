// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "support/collect.hpp"

namespace usagectl::meter {
namespace {

const std::string header =
    "ESIID,USAGE_DATE,REVISION_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,"
    "ESTIMATED_ACTUAL,CONSUMPTION_SURPLUSGENERATION\n";

struct Row {
    std::string meter = "'10443720000000017";
    std::string date = "12/13/2025";
    std::string revision = "12/14/2025 06:30:00";
    std::string start = "00:00";
    std::string end = "00:15";
    std::string kwh = "0.361";
    std::string flag = "A";
    std::string direction = "Consumption";

    [[nodiscard]] std::string text(const std::string& line_end = "\n") const {
        return meter + "," + date + "," + revision + "," + start + "," + end + "," + kwh + "," +
               flag + "," + direction + line_end;
    }
};

std::string clock(int minute) {
    const auto two = [](int value) { return std::to_string(100 + value).substr(1); };
    return two(minute / 60 % 24) + ":" + two(minute % 60);
}

// A whole day of 0.001, 0.002, ... kWh.
std::vector<Row> day(const Row& like = {}, int minutes = 15) {
    std::vector<Row> rows;
    for (int minute = 0; minute != 1440; minute += minutes) {
        Row row = like;
        row.start = clock(minute);
        row.end = clock(minute + minutes);
        row.kwh = "." + std::to_string(1001 + minute / minutes).substr(1);
        rows.push_back(row);
    }
    return rows;
}

std::string text_of(const std::vector<Row>& rows, const std::string& line_end = "\n") {
    std::string text;
    for (const Row& row : rows)
        text += row.text(line_end);
    return text;
}

test::ReadOutcome read(const std::string& text, const test::ReadOptions& options = {}) {
    auto outcome = test::read_text(Format::smt_csv, text, options);
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
    REQUIRE(outcome.tally.records == outcome.tally.intervals + outcome.tally.blanks);
    return outcome;
}

TEST_CASE("a day of rows is 96 intervals from local midnight") {
    const std::string line_end = GENERATE("\n", "\r\n");
    const auto outcome = read(header + text_of(day(), line_end));
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == 96);
    for (std::size_t i = 0; i != 96; ++i) {
        const test::Collected& interval = outcome.intervals[i];
        REQUIRE(interval.wh == static_cast<std::int64_t>(i + 1));
        REQUIRE(
            interval.start == parse_instant("2025-12-13T06:00:00Z").value() +
                                  std::chrono::minutes(15 * static_cast<int>(i))
        );
    }
    CHECK(outcome.intervals[0].meter == "10443720000000017");
    CHECK(outcome.intervals[0].channel == Channel::consumption);
    CHECK(outcome.intervals[0].line == 2);
    CHECK(instant(outcome.intervals[0].revision) == parse_instant("2025-12-14T12:30:00Z").value());
}

TEST_CASE("what is read does not depend on how the rows are written") {
    const auto plain = read(header + text_of(day()));
    auto rows = day();
    const int way = GENERATE(0, 1, 2, 3, 4, 5, 6, 7, 8);
    CAPTURE(way);
    std::string head = header;
    for (Row& row : rows) {
        if (way == 0)
            row.start = " " + row.start, row.end = " " + row.end;
        if (way == 1)
            row.meter = "\"" + row.meter + "\"", row.kwh = "\"" + row.kwh + "\"";
        if (way == 2)
            row.date = "2025-12-13";
        if (way == 3)
            row.kwh = "0" + row.kwh;
        if (way == 4)
            row.meter = row.meter.substr(1);
        if (way == 5)
            row.kwh += " ", row.flag = " A";
        if (way == 6 && row.end == "00:00")
            row.end = "24:00";
        if (way == 7)
            row.kwh += "00000000";
    }
    if (way == 8)
        head = "\xEF\xBB\xBF\r\n"
               "esiid , Usage_Date,revision_date,\"USAGE_START_TIME\","
               "USAGE_END_TIME,USAGE_KWH,ESTIMATED_ACTUAL,consumption_surplusgeneration\n";
    auto outcome = read(head + text_of(rows));
    CHECK(outcome.rejects.empty());
    for (test::Collected& interval : outcome.intervals)
        interval.line = 2;
    CHECK(outcome.intervals == plain.intervals);
}

TEST_CASE("Smart Meter Texas columns may come in any order, among others, some absent") {
    const auto outcome =
        read("USAGE_KWH,NOTE,ESTIMATED_ACTUAL,USAGE_END_TIME,USAGE_DATE,ESIID,USAGE_START_TIME\n"
             "0.5,x,E,00:15,2025-12-13,'1,00:00\n"
             "0.6,,A,00:30,2025-12-13,'1,00:15\n");
    REQUIRE(outcome.intervals.size() == 2);
    CHECK(outcome.intervals[0].wh == 500);
    CHECK(outcome.intervals[0].quality == Quality::estimated);
    CHECK(outcome.intervals[0].revision == 0);
    CHECK(outcome.intervals[1].quality == Quality::actual);
}

TEST_CASE("a Smart Meter Texas file is read the same wherever it is cut") {
    auto rows = day();
    rows[30].kwh = "x";
    rows[40].flag = "E";
    rows[50].kwh = "";
    Row generation;
    generation.direction = "Surplus Generation";
    std::string text = header + text_of(rows) + text_of(day(generation));
    text.pop_back();
    auto whole = read(text);
    test::sort(whole.intervals);
    CHECK(whole.intervals.size() == 190);
    CHECK(rc::check("any size of piece", [&] {
        test::ReadOptions options;
        options.piece = *rc::gen::inRange<std::size_t>(1, text.size());
        auto pieces = test::read_text(Format::smt_csv, text, options);
        test::sort(pieces.intervals);
        RC_ASSERT(pieces.intervals == whole.intervals);
        RC_ASSERT(pieces.tally.records == whole.tally.records);
        RC_ASSERT(pieces.rejects.size() == 1U);
        RC_ASSERT(pieces.rejects[0].line == 32U);
        RC_ASSERT(pieces.rejects[0].record == whole.rejects[0].record);
    }));
}

TEST_CASE("consumption and generation may alternate row by row") {
    const std::string generation = GENERATE("Surplus Generation", "SurplusGeneration");
    std::string text = header;
    for (Row row : day()) {
        text += row.text();
        row.direction = generation;
        row.kwh = "0.100";
        text += row.text();
    }
    const auto outcome = read(text);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 192);
    CHECK(outcome.tally.total_wh == 96 * 97 / 2 + 9600);
    std::int64_t generated = 0;
    for (const auto& interval : outcome.intervals) {
        if (interval.channel == Channel::generation)
            generated += interval.wh;
    }
    CHECK(generated == 9600);
}

TEST_CASE("meters may alternate row by row") {
    std::string text = header;
    for (Row row : day()) {
        for (const char* meter : {"'1", "'22", "'333"}) {
            row.meter = meter;
            text += row.text();
        }
    }
    auto outcome = read(text);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 288);
    test::sort(outcome.intervals);
    CHECK(outcome.intervals[95].meter == "1");
    CHECK(outcome.intervals[95].wh == 96);
}

TEST_CASE("an interval is as long as its times say") {
    const int minutes = GENERATE(5, 10, 15, 30, 60);
    const auto outcome = read(header + text_of(day({}, minutes)));
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == static_cast<std::size_t>(1440 / minutes));
    CHECK(outcome.intervals.back().minutes == minutes);
    CHECK(outcome.tally.last == parse_instant("2025-12-14T06:00:00Z").value());
}

TEST_CASE("a blank value is no interval, a value without a flag is actual") {
    auto rows = day();
    rows[0].kwh = "";
    rows[0].flag = "";
    rows[1].kwh = " ";
    rows[2].flag = "";
    rows[3].flag = "E";
    const auto outcome = read(header + text_of(rows));
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.blanks == 2);
    REQUIRE(outcome.intervals.size() == 94);
    CHECK(outcome.intervals[0].quality == Quality::actual);
    CHECK(outcome.count(Quality::estimated) == 1);
}

TEST_CASE("rows of the skipped hour are blanks without a value and rejects with one") {
    Row like;
    like.date = "03/09/2025";
    auto rows = day(like);
    for (std::size_t i = 8; i != 12; ++i)
        rows[i].kwh = "";
    auto outcome = read(header + text_of(rows));
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.blanks == 4);
    CHECK(outcome.intervals.size() == 92);
    CHECK(outcome.tally.last == parse_instant("2025-03-10T05:00:00Z").value());
    rows[8].kwh = "0.1";  // right after rows that were read by prediction
    outcome = read(header + text_of(rows));
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].line == 10);
    CHECK(outcome.rejects[0].column == 51);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("does not exist in local time"));
}

TEST_CASE("the fall day has 100 rows, its repeated hour told by their order") {
    Row like;
    like.date = "11/02/2025";
    auto rows = day(like);
    auto again = std::vector<Row>(rows.begin() + 4, rows.begin() + 8);
    again[0].start = "02:00";  // the label Smart Meter Texas gives it
    for (Row& row : again)
        row.kwh = "0.5";
    rows.insert(rows.begin() + 8, again.begin(), again.end());
    const auto outcome = read(header + text_of(rows));
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == 100);
    CHECK(outcome.intervals[7].wh == 8);
    CHECK(outcome.intervals[8].wh == 500);
    CHECK(outcome.intervals[8].start == parse_instant("2025-11-02T07:00:00Z").value());
    CHECK(outcome.intervals[12].wh == 9);
}

TEST_CASE("a fall day of 96 rows leaves out the second of the repeated hours") {
    Row like;
    like.date = "11/02/2025";
    const auto outcome = read(header + text_of(day(like)));
    REQUIRE(outcome.intervals.size() == 96);
    CHECK(outcome.intervals[7].start == parse_instant("2025-11-02T06:45:00Z").value());
    CHECK(outcome.intervals[8].start == parse_instant("2025-11-02T08:00:00Z").value());
    CHECK(outcome.tally.last == parse_instant("2025-11-03T06:00:00Z").value());
}

TEST_CASE("a newer revision of a day in the same file is another version of it") {
    Row later;
    later.revision = "12/15/2025 06:30:00";
    const auto outcome = read(header + text_of(day()) + text_of(day(later)));
    REQUIRE(outcome.intervals.size() == 192);
    CHECK(outcome.intervals[0].revision + 86400 == outcome.intervals[96].revision);
}

TEST_CASE("files put one after another may bring their headers along") {
    const auto outcome = read(
        header + Row{}.text() + header +
        "ESIID,USAGE_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,ESTIMATED_ACTUAL\n"
        "'1,2025-12-13,00:00,00:15,.5,A\n"
    );
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 2);
}

TEST_CASE("a Smart Meter Texas row that cannot be taken is rejected by place and reason") {
    struct Wrong {
        std::string Row::*field;
        const char* value;
        std::uint32_t column;
        const char* says;
    };
    const Wrong wrong = GENERATE(
        Wrong{&Row::meter, "'10 443", 2, "'10 443' is not an ESI ID"},
        Wrong{&Row::meter, "", 1, "is not an ESI ID"},
        Wrong{&Row::meter, "1.04437E+16", 1, "spreadsheet"},
        Wrong{&Row::date, "13/12/2025", 20, "date '13/12/2025'"},
        Wrong{&Row::date, "02/30/2025", 20, "date '02/30/2025'"},
        Wrong{&Row::revision, "yesterday", 31, "revision date 'yesterday'"},
        Wrong{&Row::start, "0:00", 51, "start time '0:00'"},
        Wrong{&Row::start, "24:00", 51, "start time '24:00'"},
        Wrong{&Row::end, "00:60", 57, "end time '00:60'"},
        Wrong{&Row::end, "00:20", 57, "not one interval after"},
        Wrong{&Row::end, "00:00", 57, "not one interval after"},
        Wrong{&Row::kwh, "0,361", 0, "9 fields instead of 8"},
        Wrong{&Row::kwh, "-0.361", 63, "negative"},
        Wrong{&Row::kwh, "NaN", 63, "'NaN' is not a number"},
        Wrong{&Row::kwh, "1234567890123456789.4", 63, "too many digits"},
        Wrong{&Row::flag, "X", 69, "flag 'X' is neither A nor E"},
        Wrong{&Row::direction, "Export", 71, "neither Consumption nor Surplus Generation"},
        Wrong{&Row::direction, "\"Consumption", 71, "quotation marks"}
    );
    CAPTURE(wrong.value);
    Row row;
    row.*wrong.field = wrong.value;
    const auto outcome = read(header + "\n" + row.text("\r\n") + text_of(day()));
    REQUIRE(outcome.rejects.size() == 1);
    const Reject& reject = outcome.rejects[0];
    CHECK(reject.line == 3);
    CHECK(reject.column == wrong.column);
    CHECK(reject.intervals == 1);
    CHECK_THAT(reject.reason, Catch::Contains(wrong.says));
    CHECK(reject.record == row.text(""));
    CHECK(outcome.intervals.size() == 96);
}

TEST_CASE("a NUL or a short row in the midst of predicted rows is seen") {
    auto rows = day();
    std::string text = header + text_of(rows);
    text[header.size() + rows[0].text().size() * 20 + 5] = '\0';
    const std::string last = rows[95].text();
    text.replace(text.size() - last.size(), last.size(), "'10443720000000017,12/13/2025\n");
    const auto outcome = read(text);
    REQUIRE(outcome.rejects.size() == 2);
    CHECK(outcome.rejects[0].line == 22);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("?"));
    CHECK(outcome.rejects[1].line == 97);
    CHECK(outcome.intervals.size() == 94);
}

TEST_CASE("each interval of the future is rejected with its own row") {
    test::ReadOptions options;
    options.latest_end = "2025-12-14T05:30:00Z";
    const auto outcome = read(header + text_of(day()), options);
    REQUIRE(outcome.rejects.size() == 2);
    CHECK(outcome.rejects[0].line == 96);
    CHECK(outcome.rejects[1].line == 97);
    CHECK(outcome.rejects[1].column == 20);
    CHECK(outcome.rejects[1].record == day()[95].text(""));
    CHECK_THAT(outcome.rejects[1].reason, Catch::Contains("future"));
}

TEST_CASE("a value finer than 1 Wh is rounded and counted") {
    Row row;
    row.kwh = "0.1235";
    const auto outcome = read(header + row.text());
    REQUIRE(outcome.intervals.size() == 1);
    CHECK(outcome.intervals[0].wh == 124);
    CHECK(outcome.tally.rounded == 1);
}

TEST_CASE("a file with a header alone has no intervals, one without is refused as a whole") {
    CHECK(read(header).intervals.empty());
    CHECK(test::read_text(Format::smt_csv, "").error->code == "empty_file");
    CHECK(test::read_text(Format::smt_csv, " \n\r\n").error->code == "empty_file");
    const auto headless = test::read_text(Format::smt_csv, Row{}.text());
    REQUIRE(headless.error);
    CHECK(headless.error->code == "header_malformed");
    CHECK(headless.error->exit == Exit::rejected);
    CHECK_THAT(headless.error->message, Catch::Contains("has no column 'ESIID'"));
    CHECK(test::read_text(Format::smt_csv, "ESIID," + header).error->code == "header_malformed");
}

}  // namespace
}  // namespace usagectl::meter
