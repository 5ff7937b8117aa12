// SPDX-License-Identifier: MIT
// Rows and groups of LSE files that come back.
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include <set>

#include "unit/meter/lse_sample.hpp"
#include "unit/replay/rejects_text.hpp"

using namespace usagectl;
using namespace usagectl::test;
using meter::Format;
using meter::LseSample;

TEST_CASE("a row of an LSE group comes back under a header narrowed to it") {
    auto sample = LseSample().fill();
    sample.row_four = "00000004,20251214073000,M";
    sample.triples[12] = "?" + sample.triples[12];
    sample.triples[14] = "?" + sample.triples[14];
    sample.triples[95] = "?" + sample.triples[95];
    const std::string line_end = GENERATE("\n", "\r\n");
    const auto read = read_text(Format::lse, sample.text(line_end));
    REQUIRE(read.rejects.size() == 2);
    CHECK(read.rejects[0].intervals == 2);
    CHECK_THAT(read.rejects[0].reason, Catch::EndsWith("and 1 more of this row"));
    CHECK(
        read.rejects[0].context ==
        "00000001,10443720000000017,4,20251213030000,20251213055959,Y,N\n"
        "00000002,,,1,0,1,0,900,01,,,,\n00000003,\n00000004,20251214073000,M"
    );
    CHECK_THAT(read.rejects[1].context, Catch::Contains(",20251213210000,20251213235959,Y,N"));
    check_comes_back(Format::lse, sample.text(line_end), "?", "");
}

TEST_CASE("rows of any LSE group come back to their places in time") {
    CHECK(rc::check("any day, any rows", [] {
        LseSample sample;
        const auto day = *rc::gen::element(0, 1, 2);
        const std::string date = day == 0 ? "20251213" : day == 1 ? "20251102" : "20250309";
        sample.start = date + "000000";
        sample.stop = date + *rc::gen::element<std::string>("235959", "235900");
        sample.prevailing = *rc::gen::element<std::string>("Y", "N");
        sample.channel = *rc::gen::element<std::string>("1", "4");
        sample.row_four = "00000004," +
                          *rc::gen::element<std::string>(
                              "", "20251214073000", "20251102013000", "20250701120000"
                          ) +
                          ",M";
        sample.per_row = *rc::gen::inRange<std::size_t>(1, 30);
        const std::size_t counts[] = {96, 100, 92};
        sample.fill(sample.prevailing == "Y" ? counts[day] : 96);
        const auto wrong = *rc::gen::nonEmpty<std::set<std::size_t>>(
            rc::gen::container<std::set<std::size_t>>(rc::gen::inRange<std::size_t>(0, 92))
        );
        for (const std::size_t i : wrong)
            sample.triples[i] = "?" + sample.triples[i];
        check_comes_back(Format::lse, sample.text(), "?", "");
    }));
}

TEST_CASE("a value that has its own start comes back to it, in the repeated hour too") {
    LseSample sample;
    sample.start = "20251102000000";
    sample.stop = "20251102235959";
    sample.row_four = "00000004,20251101120000,M";
    sample.per_row = 4;
    sample.fill(100);
    for (std::size_t i = 0; i != 16; ++i) {
        const auto minute = 15 * (i < 8 ? i : i - 4);
        const auto stamp = 20251102000000 + minute / 60 * 10000 + minute % 60 * 100;
        sample.triples[i] += std::to_string(stamp);
    }
    sample.triples[5] = "?" + sample.triples[5];
    sample.triples[9] = "?" + sample.triples[9];
    check_comes_back(Format::lse, sample.text(), "?", "");
}

TEST_CASE("a refused LSE group comes back as a whole, its wrong values with it") {
    auto sample = LseSample().fill();
    sample.triples[20] = "?" + sample.triples[20];
    sample.row_two = "00000002,,,1,0,1,0,?900,01,,,,";
    LseSample other;
    other.meter = "1";
    check_comes_back(Format::lse, sample.text() + other.fill().text(), "?", "");
    sample.row_two = LseSample().row_two;
    sample.stop = "202512132359?59";
    check_comes_back(Format::lse, sample.text(), "?", "");
    // A row is lost: what is wrong in another one must not come back by itself, in a wrong place.
    sample.stop = LseSample().stop;
    std::string text = sample.text();
    const std::size_t at = text.find("10000000,");
    text.erase(at, text.find('\n', at) + 1 - at);
    const auto read = read_text(Format::lse, text);
    REQUIRE(read.rejects.size() == 1);
    CHECK(read.rejects[0].context.empty());
    CHECK(read.rejects[0].intervals == 84);
    CHECK_THAT(read.rejects[0].reason, Catch::Contains("(row 10000001: value '?0.021'"));
    CHECK(read.rejects[0].record + "\n" == text);
}

TEST_CASE("intervals of the future come back with their group when their time has come") {
    ReadOptions options;
    options.latest_end = "2025-12-13T18:00:00Z";
    const std::string text = LseSample().fill().text();
    const auto early = read_text(Format::lse, text, options);
    REQUIRE(early.rejects.size() == 1);
    const auto later = replay(rejects_text(Format::lse, early.rejects));
    CHECK(later.rejects.empty());
    CHECK(usage(later.intervals) == usage(read_text(Format::lse, text).intervals));
}

TEST_CASE("an LSE record that is too long to keep says so") {
    auto sample = LseSample().fill();
    sample.triples[0] = "?" + sample.triples[0];
    sample.row_three = "00000003," + std::string(4100, 'x');
    auto read = read_text(Format::lse, sample.text());
    REQUIRE(read.rejects.size() == 1);
    CHECK(read.rejects[0].cut);
    CHECK(read.rejects[0].context.empty());

    // Exactly what a reject can hold, and a byte more; a line end lies on the border.
    for (const std::size_t size : {std::size_t{4096}, std::size_t{4097}, std::size_t{5000}}) {
        sample = LseSample().fill();
        sample.channel = "2";
        sample.row_three = "00000003,";
        sample.row_three += std::string(size - (sample.text().size() - 1), 'x');
        const std::string more = size == 5000 ? "10000009\n" : "";
        read = read_text(Format::lse, sample.text() + more);
        REQUIRE(read.rejects.size() == 1);
        CHECK(read.rejects[0].cut == (size != 4096));
        CHECK(read.rejects[0].record.size() == 4096);
    }
}

TEST_CASE("so many wrong rows that they cannot wait are told without their headers") {
    LseSample sample;
    sample.start = "20240101000000";
    sample.stop = "20241231235959";
    sample.row_two = "00000002,,,1,0,1,0,300,01,,,,";
    sample.per_row = 1;
    sample.triples.assign(366 * 288, "x,A,");
    const auto read = read_text(Format::lse, sample.text());
    CHECK(read.tally.rejected == 366 * 288);
    CHECK(read.rejects.front().cut);
    CHECK_FALSE(read.rejects.back().cut);
}
