// SPDX-License-Identifier: MIT
// Rejects files as a whole: several files and formats, what cannot come back, what comes back
// again.
#include <catch2/catch.hpp>

#include "app/replay.hpp"
#include "unit/meter/lse_sample.hpp"
#include "unit/replay/rejects_text.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Format;
using meter::Reject;

namespace {

const std::string csv = "meter,start,wh\n1,2025-12-13T06:00:00Z,?5\n1,2025-12-13T06:15:00Z,?6\n"
                        "1,2025-12-13T06:30:00Z,7\n";

}  // namespace

TEST_CASE("records of several files and formats come back in one go") {
    auto sample = meter::LseSample().fill();
    sample.triples[40] = "?" + sample.triples[40];
    const auto rows = read_text(Format::csv, csv);
    const auto group = read_text(Format::lse, sample.text());
    const std::string text = rejects_text(Format::csv, rows.rejects, "a.csv") +
                             rejects_text(Format::lse, group.rejects, "b.lse");
    const auto back = replay(replaced(text, "?", ""));
    CHECK(back.rejects.empty());
    CHECK(back.intervals.size() == 2 + 12);
    CHECK(back.tally.records == 2 + 1);
    CHECK(back.tally.first == parse_instant("2025-12-13T06:00:00Z").value());
}

TEST_CASE("what is still wrong is refused with the file and line it first came from") {
    const auto first = read_text(Format::csv, "\n\n" + csv);
    const auto text = rejects_text(Format::csv, first.rejects, "a.csv");
    const auto again = replay("\n" + replaced(text, "?5", "5"));
    REQUIRE(again.rejects.size() == 1);
    const Reject& reject = again.rejects[0];
    CHECK(reject.file == "a.csv");
    CHECK(reject.format == "csv");
    CHECK(reject.line == 5);
    CHECK(reject.column == 24);
    CHECK(reject.record == "1,2025-12-13T06:15:00Z,?6");
    CHECK(reject.context == first.rejects[1].context);
    CHECK(rejects_text(again.rejects) == rejects_text(Format::csv, {first.rejects[1]}, "a.csv"));
    REQUIRE(again.intervals.size() == 1);
    CHECK(again.intervals[0].line == 2);  // of the rejects file
}

TEST_CASE("an LSE row that is still wrong is the same reject again") {
    auto sample = meter::LseSample().fill();
    sample.triples[40] = "?" + sample.triples[40];
    const auto first = read_text(Format::lse, sample.text());
    const auto text = rejects_text(Format::lse, first.rejects);
    const auto again = replay(text);
    CHECK(rejects_text(again.rejects) == text);
    CHECK(again.intervals.size() == 11);
    // With its header broken the group is the record.
    const auto worse = replay(replaced(text, ",Y,N", ",Y,?"));
    REQUIRE(worse.rejects.size() == 1);
    CHECK(worse.rejects[0].line == first.rejects[0].line);
    CHECK(worse.rejects[0].column == 0);
    CHECK(
        worse.rejects[0].record ==
        replaced(first.rejects[0].context, ",Y,N", ",Y,?") + "\n" + first.rejects[0].record
    );
    CHECK(worse.rejects[0].context.empty());
}

TEST_CASE("what cannot come back is refused by name with its cure, and stops nothing") {
    struct Wrong {
        const char* line;
        const char* says;
    };
    const Wrong wrong = GENERATE(
        Wrong{
            R"({"file":"a.xml","line":7,"reason":"why","record":"<entry/>","format":"espi"})",
            "why; cannot be read again (it means nothing outside of its feed): correct a.xml and "
            "take that"},
        Wrong{
            R"({"file":"a.csv","line":7,"record":"1,2","format":"csv","cut":true})",
            "cannot be read again (it is not whole): correct a.csv and take that"},
        Wrong{
            R"({"file":"a.csv","line":7,"record":"1","format":"edi"})",
            "cannot be read again (its format 'edi' is not known): correct a.csv and take that"},
        Wrong{
            R"({"file":"a.csv","line":7,"reason":"the file is empty","record":"","format":null})",
            "the file is empty; cannot be read again (the line holds no record): correct a.csv and "
            "take that"},
        Wrong{
            R"({"file":"r.jsonl","line":7,"reason":"not JSON","record":"{","format":"rejects"})",
            "not JSON; cannot be read again (it is a line of a rejects file): correct r.jsonl and "
            "take that"}
    );
    const auto rows = read_text(Format::csv, csv);
    const auto sound = replaced(rejects_text(Format::csv, rows.rejects), "?", "");
    const auto back = replay(wrong.line + ("\n" + sound));
    CHECK(back.intervals.size() == 2);
    CHECK(back.tally.records == 3);
    REQUIRE(back.rejects.size() == 1);
    CHECK(back.rejects[0].reason == wrong.says);
    CHECK(back.rejects[0].line == 7);
    // Told again and again, the reason does not grow.
    const auto again = replay(rejects_text(back.rejects));
    REQUIRE(again.rejects.size() == 1);
    CHECK(again.rejects[0].reason == wrong.says);
}

TEST_CASE("a line that is no reject is one itself") {
    const auto rows = read_text(Format::csv, csv);
    const auto back =
        replay(replaced(rejects_text(Format::csv, rows.rejects), "?", "") + "{oops}\n");
    CHECK(back.intervals.size() == 2);
    REQUIRE(back.rejects.size() == 1);
    CHECK(back.rejects[0].file.empty());
    CHECK(back.rejects[0].line == 3);
    CHECK(back.rejects[0].column == 2);
    CHECK(back.rejects[0].record == "{oops}");
    CHECK(back.rejects[0].format == "rejects");
}

TEST_CASE("records whose context does not serve are refused one by one") {
    const auto rows = read_text(Format::csv, csv);
    const auto text =
        replaced(rejects_text(Format::csv, rows.rejects, "a.csv"), "meter,", "mater,");
    const auto back = replay(replaced(text, "?", ""));
    CHECK(back.intervals.empty());
    REQUIRE(back.rejects.size() == 2);
    CHECK(back.rejects[1].reason == "the header row has no column 'meter'");
    CHECK(back.rejects[1].file == "a.csv");
    CHECK(back.rejects[1].line == 3);
    CHECK(back.rejects[1].record == "1,2025-12-13T06:15:00Z,6");
    CHECK(back.rejects[1].context == "mater,start,wh,minutes=15");
}

TEST_CASE("a record that names no file is known by its line of the rejects file") {
    const auto back =
        replay("\n{\"record\":\"1,x,5\",\"format\":\"csv\",\"context\":\"meter,start,wh\"}\n");
    REQUIRE(back.rejects.size() == 1);
    CHECK(back.rejects[0].file.empty());
    CHECK(back.rejects[0].line == 2);
}

TEST_CASE("the first few files of a rejects file are named") {
    CollectingSink sink;
    meter::AssemblerOptions assembly;
    assembly.zone = Zone::find("Etc/UTC").value();
    meter::ReaderOptions reading;
    reading.zone = assembly.zone;
    app::Replay replay(assembly, reading, sink);
    input::RejectRuns runs(replay);
    const auto named = [&](const std::string& file) {
        runs.take("{\"record\":\"x\",\"format\":\"lse\",\"file\":\"" + file + "\"}\n", true);
        return replay.origins();
    };
    CHECK(named("").empty());
    CHECK(named("a") == "a");
    CHECK(named("b") == "a, b");
    CHECK(named("a") == "a, b");
    CHECK(named("c") == "a, b, c");
    CHECK(named("d") == "a, b, c and others");
}
