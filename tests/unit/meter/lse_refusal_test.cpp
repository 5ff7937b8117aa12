// SPDX-License-Identifier: MIT
// What the LSE reader refuses: single values, whole groups, stray rows, empty files.
#include <catch2/catch.hpp>

#include <string>

#include "support/collect.hpp"
#include "unit/meter/lse_sample.hpp"

namespace usagectl::meter {
namespace {

using namespace std::string_literals;

test::ReadOutcome read(const std::string& text, const test::ReadOptions& options = {}) {
    auto outcome = test::read_text(Format::lse, text, options);
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
    return outcome;
}

TEST_CASE("a wrong value costs its interval, and those after it keep their places") {
    struct Wrong {
        const char* triple;
        std::uint32_t column;  // of what is wrong, when the triple begins in column 10
        const char* says;
    };
    const Wrong wrong = GENERATE(
        Wrong{"abc,A,", 10, "value 'abc' is not a number"},
        Wrong{"-0.5,A,", 10, "negative"},
        Wrong{"1e3,A,", 10, "is not a number"},
        Wrong{"12345678901234567890,A,", 10, "too many digits"},
        Wrong{"999999999999999,A,", 10, "more than"},
        Wrong{"0.5,Z,", 14, "status 'Z' is neither A nor E"},
        Wrong{"0.5,a,", 14, "status 'a'"},
        Wrong{"0.5,A,2025121301", 16, "interval start '2025121301'"},
        Wrong{"0.5,A,20251313000000", 16, "interval start"},
        Wrong{"0.5,A,20251214000000", 16, "outside of the group"},
        Wrong{"0.5,A,20251212234500", 16, "outside of the group"},
        Wrong{"0.5,A,20251213000700", 16, "whole number of intervals"}
    );
    auto sample = LseSample().fill();
    sample.triples[12] = wrong.triple;  // the first of the second row
    INFO(wrong.triple);
    const auto outcome = read(sample.text());
    REQUIRE(outcome.rejects.size() == 1);
    const Reject& reject = outcome.rejects[0];
    CHECK(reject.line == 6);
    CHECK(reject.column == wrong.column);
    CHECK(reject.intervals == 1);
    CHECK_THAT(reject.reason, Catch::Contains(wrong.says));
    CHECK_THAT(reject.record, Catch::StartsWith("10000001," + std::string(wrong.triple)));
    REQUIRE(outcome.intervals.size() == 95);
    CHECK(outcome.intervals[12].wh == 14);
    CHECK(outcome.intervals[12].start == parse_instant("2025-12-13T09:15:00Z").value());
}

TEST_CASE("a start in the skipped hour does not exist") {
    LseSample sample;
    sample.start = "20250309000000";
    sample.stop = "20250309235959";
    sample.fill(92);
    sample.triples[8] = "0.5,A,20250309020000";
    const auto outcome = read(sample.text());
    REQUIRE(outcome.rejects.size() == 1);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("does not exist in local time"));
    CHECK(outcome.intervals.size() == 91);
}

struct WrongGroup {
    LseSample sample;
    std::uint64_t line;
    std::uint32_t column;
    std::string says;
};

WrongGroup wrong_one(
    std::string LseSample::*field, const char* value, std::uint32_t column, const char* says
) {
    WrongGroup wrong{LseSample().fill(), 3, column, says};
    wrong.sample.*field = value;
    return wrong;
}
WrongGroup wrong_two(const char* row, std::uint32_t column, const char* says) {
    WrongGroup wrong{LseSample().fill(), 4, column, says};
    wrong.sample.row_two = row;
    return wrong;
}

void check_refused(const WrongGroup& wrong) {
    INFO(wrong.says);
    // Between two sound groups, so that what follows is seen to be untouched.
    LseSample other;
    other.meter = "1";
    const std::string blank_lines = "\n\n";
    const auto outcome = read(blank_lines + wrong.sample.text() + other.fill().text());
    REQUIRE(outcome.rejects.size() == 1);
    const Reject& reject = outcome.rejects[0];
    CHECK(reject.line == wrong.line);
    CHECK(reject.column == wrong.column);
    CHECK(reject.intervals == 96);
    CHECK_THAT(reject.reason, Catch::Contains(wrong.says));
    CHECK_THAT(reject.reason, Catch::EndsWith("group is rejected"));
    CHECK(reject.record + "\n" == wrong.sample.text());  // enough to be read again
    CHECK(outcome.intervals.size() == 96);
    CHECK(outcome.intervals[0].meter == "1");
}

TEST_CASE("a header row one that cannot be read refuses its group by name") {
    const auto wrong = GENERATE(
        wrong_one(&LseSample::meter, "1044 372", 10, "'1044 372' is not an ESI ID"),
        wrong_one(&LseSample::meter, "", 10, "is not an ESI ID"),
        wrong_one(&LseSample::channel, "2", 28, "channel '2' is neither load"),
        wrong_one(&LseSample::start, "20251313000000", 30, "not a date and time that exists"),
        wrong_one(&LseSample::start, "2025121300000", 30, "is not 14 digits"),
        wrong_one(&LseSample::stop, "20251212235959", 45, "stop time is not after"),
        wrong_one(&LseSample::stop, "x", 45, "stop time 'x'"),
        wrong_one(&LseSample::prevailing, "", 60, "daylight saving participation"),
        wrong_one(&LseSample::invalid, "Y", 62, "not validated"),
        wrong_one(&LseSample::invalid, "", 62, "invalid record flag"),
        wrong_one(&LseSample::invalid, "N,more", 64, "more than 7 fields")
    );
    check_refused(wrong);
}

TEST_CASE("a header row two that would make values wrong refuses its group by name") {
    const auto wrong = GENERATE(
        wrong_two("00000002,,,1,0,10,0,900,01,,,,", 16, "pulse multiplier '10' is not 1"),
        wrong_two("00000002,,,1,0,0,0,900,01,,,,", 16, "pulse multiplier '0' is not 1"),
        wrong_two("00000002,,,1,5,1,0,900,01,,,,", 14, "meter offset '5'"),
        wrong_two("00000002,,,1,0,1,x,900,01,,,,", 18, "pulse offset 'x'"),
        wrong_two("00000002,,,1,0,1,0,901,01,,,,", 20, "intervals of '901' seconds"),
        wrong_two("00000002,,,1,0,1,0,60,01,,,,", 20, "intervals of '60' seconds"),
        wrong_two("00000002,,,1,0,1,0,-900,01,,,,", 20, "intervals of '-900' seconds"),
        wrong_two("00000002,,,1,0,1,0,900,03,,,,", 24, "reactive"),
        wrong_two("00000002,,,1,0,1,0,900,02,,,,", 24, "unit of measure '02'"),
        wrong_two("00000002,,,1,0,1,0,900", 0, "8 fields instead of 13")
    );
    check_refused(wrong);
}

TEST_CASE("values that do not fill start to stop refuse their group") {
    WrongGroup wrong{
        LseSample().fill(), 3, 45, "96 intervals of 15 minutes, but start to stop holds 192"};
    wrong.sample.stop = "20251214235959";
    check_refused(wrong);
    wrong.sample.stop = "20251213235929";
    wrong.says = "not a whole number";
    check_refused(wrong);
    // A day of 96 values on the days that have 92 and 100.
    wrong.sample.start = "20250309000000";
    wrong.sample.stop = "20250309235959";
    wrong.says = "96 intervals of 15 minutes, but start to stop holds 92";
    check_refused(wrong);
}

TEST_CASE("a start that local time skipped refuses its group") {
    WrongGroup wrong{LseSample().fill(), 3, 30, "start time does not exist in local time"};
    wrong.sample.start = "20250309023000";
    wrong.sample.stop = "20250310023000";
    check_refused(wrong);
}

TEST_CASE("a time stamp that does not exist refuses its group") {
    WrongGroup wrong{LseSample().fill(), 6, 10, "time stamp '20251399000000'"};
    wrong.sample.row_four = "00000004,20251399000000,M";
    check_refused(wrong);
}

TEST_CASE("a group without header row two or without details is refused by name") {
    auto sample = LseSample().fill();
    sample.row_two.clear();
    auto outcome = read(sample.text());
    REQUIRE(outcome.rejects.size() == 1);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("header row two is missing"));
    CHECK(outcome.rejects[0].intervals == 96);
    CHECK(outcome.intervals.empty());

    outcome = read(LseSample().text() + LseSample().text());
    REQUIRE(outcome.rejects.size() == 2);
    CHECK(outcome.rejects[1].line == 5);
    CHECK(outcome.rejects[1].intervals == 0);
    CHECK_THAT(outcome.rejects[1].reason, Catch::Contains("no detail rows"));
}

TEST_CASE("rows out of order refuse their group") {
    const std::string text = LseSample().fill().text();
    const auto swapped = [&](const std::string& a, const std::string& b) {
        std::string other = text;
        other.replace(other.find(a), a.size(), b);
        return read(other);
    };
    for (const auto& outcome :
         {swapped("\n10000003", "\n10000002"),
          swapped("\n10000003", "\n10000001"),
          swapped("\n10000003", "\n00000003,\n10000003")}) {
        REQUIRE(outcome.rejects.size() == 1);
        CHECK(outcome.rejects[0].line == 8);
        CHECK(outcome.rejects[0].column == 1);
        CHECK(outcome.rejects[0].intervals == 96);
        CHECK(outcome.intervals.empty());
    }
}

TEST_CASE("a lost row refuses its group, a doubled one too") {
    const std::string text = LseSample().fill().text();
    const std::size_t at = text.find("10000004");
    const std::size_t end = text.find("10000005");
    const std::string row = text.substr(at, end - at);
    auto outcome = read(text.substr(0, at) + text.substr(end));
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].intervals == 84);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("possible file corruption"));
    outcome = read(text.substr(0, end) + row + text.substr(end));
    REQUIRE(outcome.rejects.size() == 1);
    CHECK(outcome.rejects[0].intervals == 108);
}

TEST_CASE("a file cut off in the middle of a number stores nothing of that group") {
    std::string text = LseSample().fill().text();
    text.resize(text.find("10000007,") + 12);
    const auto outcome = read(text);
    CHECK(outcome.intervals.empty());
    REQUIRE(outcome.rejects.size() == 1);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("possible file corruption"));
    CHECK_THAT(outcome.rejects[0].reason, Catch::EndsWith("the row is cut off)"));
    CHECK(outcome.rejects[0].intervals == 85);
}

TEST_CASE("rows that belong to no group are rejected one by one") {
    const std::string stray = "00000002,,,1,0,1,0,900,01,,,,\n10000000,0.1,A,,,,,0.2,A,\ngarbage\n"
                              "00000009,x\n1000000,0.1,A,\n\0\n"s;
    const auto outcome = read(stray + LseSample().fill().text());
    REQUIRE(outcome.rejects.size() == 6);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("without a header row one"));
    CHECK(outcome.rejects[1].intervals == 2);
    CHECK(outcome.tally.blanks == 1);
    CHECK_THAT(outcome.rejects[2].reason, Catch::Contains("'garbage', which is no sort code"));
    CHECK(outcome.rejects[3].line == 4);
    CHECK_THAT(outcome.rejects[4].reason, Catch::Contains("'1000000'"));
    CHECK_THAT(outcome.rejects[5].reason, Catch::Contains("'?'"));
    CHECK(outcome.intervals.size() == 96);
}

TEST_CASE("data that is not validated is taken into the raw layer only") {
    LseSample sample;
    sample.invalid = "Y";
    sample.fill();
    test::ReadOptions options;
    options.layer = Layer::raw;
    CHECK(read(sample.text(), options).intervals.size() == 96);
    CHECK(read(sample.text()).intervals.empty());
}

TEST_CASE("intervals of the future are refused together, at the stop time") {
    test::ReadOptions options;
    options.latest_end = "2025-12-13T18:00:00Z";
    LseSample shorter;
    shorter.meter = "104437200";
    const auto outcome = read(LseSample().fill().text() + shorter.fill().text(), options);
    CHECK(outcome.intervals.size() == 96);
    REQUIRE(outcome.rejects.size() == 2);
    CHECK(outcome.rejects[1].column == 37);
    CHECK(outcome.rejects[0].line == 1);
    CHECK(outcome.rejects[0].column == 45);
    CHECK(outcome.rejects[0].intervals == 48);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("future"));
}

TEST_CASE("a group larger than a year of 5-minute intervals is refused, not gathered") {
    LseSample sample;
    sample.triples.assign(366 * 288 + 10, "0.5,A,");
    sample.per_row = 1000;
    const auto outcome = read(sample.text());
    REQUIRE(outcome.rejects.size() == 1);
    CHECK_THAT(outcome.rejects[0].reason, Catch::Contains("more than 105408 intervals"));
    CHECK(outcome.rejects[0].intervals == 366 * 288 + 10);
    CHECK(outcome.rejects[0].record.size() == 4096);
}

TEST_CASE("an over-long line is counted and costs the group it belonged to") {
    test::CollectingSink sink;
    AssemblerOptions assembly;
    assembly.zone = Zone::find("America/Chicago").value();
    assembly.latest_end = parse_instant("2100-01-01T00:00:00Z").value();
    Assembler assembler(assembly, sink);
    ReaderOptions options;
    options.zone = assembly.zone;
    const auto reader = make_lse_reader(options, assembler);
    const std::string text = LseSample().fill().text();
    const std::size_t at = text.find("10000004");
    REQUIRE(reader->read(text.substr(0, at), false));
    reader->skip_line("10000004,0.1,A,");
    REQUIRE(reader->read(text.substr(text.find("10000005")), false));
    REQUIRE(reader->read(text, true));
    assembler.finish();
    CHECK(sink.intervals.size() == 96);
    REQUIRE(sink.rejects.size() == 2);
    CHECK(sink.rejects[0].line == 9);
    CHECK(sink.rejects[1].intervals == 84);
    CHECK(sink.intervals[0].line == 17);
}

TEST_CASE("an empty LSE file is refused as a whole") {
    for (const char* text : {"", "\n", "\xEF\xBB\xBF", " \r\n\r\n"}) {
        const auto outcome = test::read_text(Format::lse, text);
        REQUIRE(outcome.error);
        CHECK(outcome.error->code == "empty_file");
        CHECK(outcome.error->message == "the file is empty");
        CHECK(outcome.error->exit == Exit::rejected);
    }
}

}  // namespace
}  // namespace usagectl::meter
