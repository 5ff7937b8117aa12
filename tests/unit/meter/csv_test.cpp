// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>

#include "support/collect.hpp"

namespace usagectl::meter {
namespace {

test::ReadOutcome read(const std::string& text, const test::ReadOptions& options = {}) {
    auto outcome = test::read_text(Format::csv, text, options);
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
    REQUIRE(outcome.tally.records == outcome.tally.intervals + outcome.tally.blanks);
    return outcome;
}

std::string time_at(int minute) {
    return format_instant(
        parse_instant("2025-12-13T06:00:00Z").value() + std::chrono::minutes(minute)
    );
}

TEST_CASE("all columns are read, in any order") {
    const auto outcome = read("quality,minutes,wh,channel,start,note,meter\n"
                              "actual,30,500,4,2025-12-13T06:00:00Z,x,1\n"
                              "E,30,600,generation,2025-12-13T00:30:00-06:00,,'1\r\n"
                              "\n"
                              "\"A\",30,\"700\",Consumption,2025-12-13T06:30:00Z,,1");
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == 3);
    CHECK(outcome.intervals[0].wh == 500);
    CHECK(outcome.intervals[0].minutes == 30);
    CHECK(outcome.intervals[0].quality == Quality::actual);
    CHECK(outcome.intervals[0].channel == Channel::consumption);
    CHECK(outcome.intervals[1].wh == 700);
    CHECK(outcome.intervals[2].channel == Channel::generation);
    CHECK(outcome.intervals[2].quality == Quality::estimated);
    CHECK(outcome.intervals[2].start == parse_instant("2025-12-13T06:30:00Z").value());
}

TEST_CASE("kWh are taken as well as Wh, and rounded half-even to 1 Wh") {
    const auto outcome =
        read("meter,start,kwh\n1,2025-12-13T06:00:00Z,.145\n1,2025-12-13T06:15:00Z,0.1425\n"
             "1,2025-12-13T06:30:00Z,\n");
    REQUIRE(outcome.intervals.size() == 2);
    CHECK(outcome.intervals[0].wh == 145);
    CHECK(outcome.intervals[1].wh == 142);
    CHECK(outcome.intervals[0].quality == Quality::actual);
    CHECK(outcome.tally.rounded == 1);
    CHECK(outcome.tally.blanks == 1);
    CHECK(read("meter,start,wh\n1,2025-12-13T06:00:00Z,1.5\n").intervals[0].wh == 2);
}

TEST_CASE("without a length the shortest step of the first series is taken") {
    struct Steps {
        std::vector<int> minutes;  // of the starts
        int length;
    };
    const Steps steps = GENERATE(
        Steps{{0, 15, 30}, 15},
        Steps{{0, 30, 60}, 30},
        Steps{{0, 60}, 60},
        Steps{{0, 5}, 5},
        Steps{{0, 60, 90}, 30},   // an interval is missing at first
        Steps{{90, 60, 30}, 30},  // newest first
        Steps{{0, 0, 30}, 30},    // the same start twice
        Steps{{0, 45}, 15},
        Steps{{0}, 15},
        Steps{{0, 1440}, 15}
    );
    std::string text = "meter,start,wh,channel\n";
    for (const int minute : steps.minutes) {
        text += "1," + time_at(minute) + ",5,4\n";
        // Other series with other steps do not matter.
        text += "1," + time_at(minute / 2) + ",5,1\n";
    }
    const auto outcome = read(text);
    REQUIRE_FALSE(outcome.intervals.empty());
    CHECK(outcome.intervals[0].minutes == steps.length);
}

TEST_CASE("the length does not depend on how the file is cut") {
    std::string text = "meter,start,wh\n";
    for (int i = 0; i != 5000; ++i) {
        text += "meter-" + std::to_string(i / 48) + "," + time_at(i % 48 * 30) + "," +
                std::to_string(i) + "\n";
    }
    auto whole = read(text);
    CHECK(whole.intervals.size() == 5000);
    CHECK(whole.intervals[0].minutes == 30);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, std::size_t{70'000}}) {
        test::ReadOptions options;
        options.piece = piece;
        CHECK(read(text, options).intervals == whole.intervals);
    }
}

TEST_CASE("a CSV row that cannot be taken is rejected by place and reason") {
    struct Wrong {
        const char* row;
        std::uint32_t column;
        const char* says;
    };
    const Wrong wrong = GENERATE(
        Wrong{"1 2,2025-12-13T06:00:00Z,5,A,4,15", 1, "'1 2' is not a meter identifier"},
        Wrong{",2025-12-13T06:00:00Z,5,A,4,15", 1, "is not a meter identifier"},
        Wrong{"1,2025-12-13T06:00:00,5,A,4,15", 3, "is not an RFC 3339 time"},
        Wrong{"1,2025-12-13,5,A,4,15", 3, "start '2025-12-13'"},
        Wrong{"1,2025-02-30T06:00:00Z,5,A,4,15", 3, "start"},
        Wrong{"1,2025-12-13T06:00:00Z,-5,A,4,15", 24, "negative"},
        Wrong{"1,2025-12-13T06:00:00Z,five,A,4,15", 24, "'five' is not a number"},
        Wrong{"1,2025-12-13T06:00:00Z,5,Q,4,15", 26, "quality 'Q'"},
        Wrong{"1,2025-12-13T06:00:00Z,5,raw,4,15", 26, "raw layer"},
        Wrong{"1,2025-12-13T06:00:00Z,5,A,2,15", 28, "channel '2'"},
        Wrong{"1,2025-12-13T06:00:00Z,5,A,4,20", 30, "minutes '20'"},
        Wrong{"1,2025-12-13T06:00:00Z,5,A,4,", 30, "minutes"},
        Wrong{"1,2025-12-13T06:00:00Z,5,A,4", 0, "5 fields instead of 6"},
        Wrong{"1,2025-12-13T06:07:30Z,5,A,4,15", 3, "grid"},
        Wrong{"1,2120-12-13T06:00:00Z,5,A,4,15", 3, "start"},
        Wrong{"1,2099-12-31T23:59:00Z,5,A,4,15", 3, "future"}
    );
    CAPTURE(wrong.row);
    const auto outcome = read(
        std::string("meter,start,wh,quality,channel,minutes\n") + wrong.row +
        "\n1,2025-12-13T06:00:00Z,5,A,4,15\n"
    );
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].line == 2);
    CHECK(outcome.rejects[0].column == wrong.column);
    CHECK(outcome.rejects[0].intervals == 1);
    CHECK(outcome.rejects[0].record == wrong.row);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains(wrong.says));
    CHECK(outcome.intervals.size() == 1);
}

TEST_CASE("raw values are taken into the raw layer") {
    test::ReadOptions options;
    options.layer = Layer::raw;
    const auto outcome = read("meter,start,wh,quality\n1,2025-12-13T06:00:00Z,5,raw\n", options);
    REQUIRE(outcome.intervals.size() == 1);
    CHECK(outcome.intervals[0].quality == Quality::actual);
}

TEST_CASE("a header that does not serve refuses the file") {
    struct Header {
        const char* text;
        const char* says;
    };
    const Header header = GENERATE(
        Header{"meter,start\n", "no column 'wh'"},
        Header{"meter,wh\n", "no column 'start'"},
        Header{"start,wh\n", "no column 'meter'"},
        Header{"meter,start,wh,kwh\n", "both wh and kwh"},
        Header{"meter,meter,start,wh\n", "twice the column 'meter'"},
        Header{"meter,start,\"wh\n", "quotation marks"}
    );
    const auto outcome = test::read_text(Format::csv, header.text);
    REQUIRE(outcome.error);
    CHECK(outcome.error->code == "header_malformed");
    CHECK(outcome.error->exit == Exit::rejected);
    CHECK_THAT(outcome.error->message, Catch::Contains(header.says));
}

TEST_CASE("an empty file is refused, a header alone is not, a header again is passed over") {
    CHECK(test::read_text(Format::csv, "\n \n").error->code == "empty_file");
    CHECK(read("meter,start,wh\n").intervals.empty());
    const std::string file = "meter,start,wh\n1,2025-12-13T06:00:00Z,5\n";
    const auto twice = read(file + file);
    CHECK(twice.rejects.empty());
    CHECK(twice.intervals.size() == 2);
}

TEST_CASE("an over-long CSV line is counted and rejected") {
    test::CollectingSink sink;
    AssemblerOptions assembly;
    assembly.zone = Zone::find("America/Chicago").value();
    assembly.latest_end = parse_instant("2100-01-01T00:00:00Z").value();
    Assembler assembler(assembly, sink);
    ReaderOptions options;
    options.zone = assembly.zone;
    const auto reader = make_csv_reader(options, assembler);
    REQUIRE(reader->read("meter,start,wh\n1,2025-12-13T06:00:00Z,5\n", false));
    reader->skip_line("1,2025");
    REQUIRE(reader->read("1,x,5\n", true));
    assembler.finish();
    CHECK(sink.intervals.size() == 1);
    REQUIRE(sink.rejects.size() == 2);
    CHECK(sink.rejects[0].line == 3);
    CHECK(sink.rejects[0].record == "1,2025");
    CHECK(sink.rejects[1].line == 4);
}

}  // namespace
}  // namespace usagectl::meter
