// SPDX-License-Identifier: MIT
// What the LSE reader takes. What it refuses is in lse_refusal_test.cpp.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <string>

#include "support/collect.hpp"
#include "unit/meter/lse_sample.hpp"

namespace usagectl::meter {
namespace {

test::ReadOutcome read(const std::string& text, const test::ReadOptions& options = {}) {
    auto outcome = test::read_text(Format::lse, text, options);
    REQUIRE_FALSE(outcome.error);
    REQUIRE(outcome.tally.intervals == outcome.intervals.size() + outcome.tally.rejected);
    return outcome;
}

void check_counting_up(
    const test::ReadOutcome& outcome, const std::string& from, int minutes = 15
) {
    const Instant start = parse_instant(from).value();
    for (std::size_t i = 0; i != outcome.intervals.size(); ++i) {
        const test::Collected& interval = outcome.intervals[i];
        REQUIRE(interval.start == start + std::chrono::minutes(minutes * static_cast<int>(i)));
        REQUIRE(interval.wh == static_cast<std::int64_t>((i + 1) % 1000));
        REQUIRE(interval.minutes == minutes);
    }
}

TEST_CASE("a day of an LSE file is 96 intervals from local midnight") {
    const std::string line_end = GENERATE("\n", "\r\n");
    const auto outcome = read(LseSample().fill().text(line_end));
    CHECK(outcome.rejects.empty());
    REQUIRE(outcome.intervals.size() == 96);
    check_counting_up(outcome, "2025-12-13T06:00:00Z");
    CHECK(outcome.intervals[0].meter == "10443720000000017");
    CHECK(outcome.intervals[0].channel == Channel::consumption);
    CHECK(outcome.intervals[0].revision == 0);
    CHECK(outcome.intervals[0].line == 5);
    CHECK(outcome.tally.records == 8);
    CHECK(outcome.tally.total_wh == 96 * 97 / 2);
    CHECK(outcome.tally.first == parse_instant("2025-12-13T06:00:00Z").value());
    CHECK(outcome.tally.last == parse_instant("2025-12-14T06:00:00Z").value());
}

TEST_CASE("the number of triples on a row does not matter, nor one comma too many at its end") {
    LseSample sample;
    sample.per_row = GENERATE(as<std::size_t>{}, 1, 5, 7, 95, 96);
    sample.fill();
    check_counting_up(read(sample.text()), "2025-12-13T06:00:00Z");
    std::string text = sample.text();
    for (std::size_t at = 0; (at = text.find(",A,\n", at)) != std::string::npos; ++at) {
        text.replace(at, 4, ",A,,\n");
    }
    const auto outcome = read(text);
    CHECK(outcome.intervals.size() == 96);
    CHECK(outcome.tally.blanks == 0);
}

TEST_CASE("a row may leave out the last start's comma, a file its last line end") {
    std::string text = LseSample().fill().text();
    text.resize(text.size() - 2);
    CHECK(text.ends_with(",A"));
    check_counting_up(read(text), "2025-12-13T06:00:00Z");
}

TEST_CASE("an LSE file is read the same wherever it is cut") {
    std::string text;
    for (const char* meter : {"1", "22", "333"}) {
        LseSample sample;
        sample.meter = meter;
        text += sample.fill().text();
    }
    LseSample bad;
    bad.channel = "2";
    text += bad.fill().text();
    const auto whole = read(text);
    CHECK(whole.intervals.size() == 288);
    CHECK(rc::check("any size of piece", [&] {
        test::ReadOptions options;
        options.piece = *rc::gen::inRange<std::size_t>(1, text.size());
        const auto pieces = test::read_text(Format::lse, text, options);
        RC_ASSERT(pieces.intervals == whole.intervals);
        RC_ASSERT(pieces.rejects.size() == whole.rejects.size());
        RC_ASSERT(pieces.rejects[0].record == whole.rejects[0].record);
    }));
}

TEST_CASE("the days the clock changes have 92 and 100 intervals") {
    LseSample spring;
    spring.start = "20250309000000";
    spring.stop = "20250309235959";
    auto outcome = read(spring.fill(92).text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 92);
    check_counting_up(outcome, "2025-03-09T06:00:00Z");

    LseSample fall;
    fall.start = "20251102000000";
    fall.stop = "20251102235959";
    outcome = read(fall.fill(100).text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 100);
    check_counting_up(outcome, "2025-11-02T05:00:00Z");
}

TEST_CASE("a group may span days, and the stop may be written in three ways") {
    LseSample sample;
    sample.stop = GENERATE("20251214235959", "20251214235900", "20251215000000");
    const auto outcome = read(sample.fill(192).text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 192);
    check_counting_up(outcome, "2025-12-13T06:00:00Z");
    CHECK(outcome.intervals.back().day == outcome.intervals.front().day + std::chrono::days(1));
}

TEST_CASE("a group that is not local prevailing time counts in standard time") {
    LseSample sample;
    sample.prevailing = "N";
    sample.start = "20250701000000";
    sample.stop = "20250701235959";
    const auto outcome = read(sample.fill().text());
    CHECK(outcome.rejects.empty());
    check_counting_up(outcome, "2025-07-01T06:00:00Z");  // 01:00 in daylight time
}

TEST_CASE("a group that begins in the repeated hour is told by its count") {
    LseSample sample;
    sample.start = "20251102010000";
    sample.stop = "20251102235959";
    check_counting_up(read(sample.fill(96).text()), "2025-11-02T06:00:00Z");
    check_counting_up(read(sample.fill(92).text()), "2025-11-02T07:00:00Z");
}

TEST_CASE("seconds per interval are 900 when blank, and may be others") {
    struct Length {
        const char* seconds;
        int minutes;
    };
    const Length length = GENERATE(
        Length{"", 15}, Length{"300", 5}, Length{"600", 10}, Length{"1800", 30}, Length{"3600", 60}
    );
    LseSample sample;
    sample.row_two = std::string("00000002,,,40,,,1,") + length.seconds + ",,,,,";
    const auto outcome = read(sample.fill(static_cast<std::size_t>(1440 / length.minutes)).text());
    CHECK(outcome.rejects.empty());
    check_counting_up(outcome, "2025-12-13T06:00:00Z", length.minutes);
}

TEST_CASE("a blank or a dash is no value and keeps its place") {
    auto sample = LseSample().fill();
    sample.triples[0] = "-,,";
    sample.triples[1] = ",,";
    sample.triples[2] = " , , ";
    sample.triples[50] = ",A,";
    const auto outcome = read(sample.text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.blanks == 4);
    REQUIRE(outcome.intervals.size() == 92);
    CHECK(outcome.intervals[0].wh == 4);
    CHECK(outcome.intervals[0].start == parse_instant("2025-12-13T06:45:00Z").value());
    CHECK(outcome.intervals[47].wh == 52);
}

TEST_CASE("status A or blank is actual, E is estimated") {
    auto sample = LseSample().fill();
    sample.triples[3] = "0.5,E,";
    sample.triples[4] = "0.5,,";
    sample.triples[5] = "0.5, , ";
    const auto outcome = read(sample.text());
    REQUIRE(outcome.intervals.size() == 96);
    CHECK(outcome.intervals[3].quality == Quality::estimated);
    CHECK(outcome.intervals[4].quality == Quality::actual);
    CHECK(outcome.intervals[5].quality == Quality::actual);
    CHECK(outcome.count(Quality::estimated) == 1);
}

TEST_CASE("values finer than 1 Wh are rounded half-even and counted") {
    auto sample = LseSample().fill();
    sample.triples[0] = "0.0005,A,";
    sample.triples[1] = "0.0015,A,";
    sample.triples[2] = "1.2340,A,";
    sample.triples[3] = "123456.789,A,";
    const auto outcome = read(sample.text());
    REQUIRE(outcome.intervals.size() == 96);
    CHECK(outcome.tally.rounded == 2);
    CHECK(outcome.intervals[0].wh == 0);
    CHECK(outcome.intervals[1].wh == 2);
    CHECK(outcome.intervals[2].wh == 1234);
    CHECK(outcome.intervals[3].wh == 123'456'789);
}

TEST_CASE("the time stamp is the revision, in local time") {
    LseSample sample;
    struct Stamp {
        const char* local;
        const char* instant;
    };
    const Stamp stamp = GENERATE(
        Stamp{"20251214063000", "2025-12-14T12:30:00Z"},
        Stamp{"20251102013000", "2025-11-02T06:30:00Z"},  // shown twice: the first
        Stamp{"20250309023000", "2025-03-09T08:30:00Z"}   // skipped: standard time
    );
    sample.row_four = std::string("00000004,") + stamp.local + ",M";
    const auto outcome = read(sample.fill().text());
    REQUIRE(outcome.intervals.size() == 96);
    CHECK(instant(outcome.intervals[0].revision) == parse_instant(stamp.instant).value());
}

TEST_CASE("header rows three and four may be missing, row three may say anything") {
    auto sample = LseSample().fill();
    sample.row_three = "00000003,free, \"text\" \x01 with,commas";
    CHECK(read(sample.text()).intervals.size() == 96);
    sample.row_three.clear();
    sample.row_four.clear();
    CHECK(read(sample.text()).intervals.size() == 96);
}

TEST_CASE("starts given with the values place them, in any order") {
    auto sample = LseSample().fill();
    sample.triples[0] = "0.001,A,20251213000000";
    sample.triples[10] = "0.500,A,20251213024500";
    sample.triples[11] = "0.600,E,20251213023000";
    auto outcome = read(sample.text());
    CHECK(outcome.rejects.empty());
    test::sort(outcome.intervals);
    REQUIRE(outcome.intervals.size() == 96);
    CHECK(outcome.intervals[10].wh == 600);
    CHECK(outcome.intervals[11].wh == 500);
    CHECK(outcome.intervals[12].wh == 13);
}

TEST_CASE("starts in the repeated hour are told by their place") {
    LseSample sample;
    sample.start = "20251102000000";
    sample.stop = "20251102235959";
    sample.fill(100);
    for (std::size_t i = 0; i != 100; ++i) {
        const std::size_t minute = i < 8 ? i * 15 : (i - 4) * 15;
        const std::string clock = std::to_string(10000 + minute / 60 * 100 + minute % 60).substr(1);
        sample.triples[i] += "20251102" + clock + "00";
    }
    const auto outcome = read(sample.text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 100);
    check_counting_up(outcome, "2025-11-02T05:00:00Z");
}

TEST_CASE("channels and meters of one file are kept apart, also when they alternate") {
    std::string text;
    for (const char* start : {"20251213000000", "20251214000000"}) {
        for (const char* meter : {"10443720000000017", "1008901", "10443720000000018"}) {
            for (const char* channel : {"4", "1"}) {
                LseSample sample;
                sample.meter = meter;
                sample.channel = channel;
                sample.start = start;
                sample.stop = std::string(start).substr(0, 8) + "235959";
                text += sample.fill().text();
            }
        }
    }
    auto outcome = read(text);
    CHECK(outcome.rejects.empty());
    CHECK(outcome.intervals.size() == 2 * 3 * 2 * 96);
    test::sort(outcome.intervals);
    CHECK(outcome.intervals[0].meter == "1008901");
    CHECK(outcome.intervals[0].channel == Channel::generation);
    CHECK(outcome.intervals[192].channel == Channel::consumption);
}

TEST_CASE("the same meter and day twice is read twice, in order") {
    auto blank = LseSample();
    blank.triples.assign(96, ",,");
    auto estimated = LseSample();
    estimated.triples.assign(96, "0.25,E,");
    const auto outcome = read(blank.text() + estimated.text() + LseSample().fill().text());
    CHECK(outcome.rejects.empty());
    CHECK(outcome.tally.blanks == 96);
    REQUIRE(outcome.intervals.size() == 192);
    CHECK(outcome.intervals[0].quality == Quality::estimated);
    CHECK(outcome.intervals[96].quality == Quality::actual);
}

TEST_CASE("a meter with a zone of its own is read in it") {
    test::CollectingSink sink;
    const auto own = [](std::string_view meter) {
        return meter == "2" ? Zone::find("America/Denver").value() : nullptr;
    };
    AssemblerOptions assembly;
    assembly.zone = Zone::find("America/Chicago").value();
    assembly.zone_of = own;
    assembly.latest_end = parse_instant("2100-01-01T00:00:00Z").value();
    Assembler assembler(assembly, sink);
    ReaderOptions options;
    options.zone = assembly.zone;
    options.zone_of = own;
    LseSample first;
    first.meter = "1";
    LseSample second;
    second.meter = "2";
    const auto reader = make_lse_reader(options, assembler);
    REQUIRE(reader->read(first.fill().text() + second.fill().text(), true));
    assembler.finish();
    REQUIRE(sink.intervals.size() == 192);
    CHECK(sink.intervals[0].start == parse_instant("2025-12-13T06:00:00Z").value());
    CHECK(sink.intervals[96].start == parse_instant("2025-12-13T07:00:00Z").value());
    CHECK(sink.blocks == 2);
}

}  // namespace
}  // namespace usagectl::meter
