// SPDX-License-Identifier: MIT
#include "meter/synthetic.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "base/number.hpp"
#include "meter/series_builder.hpp"

namespace usagectl::meter {
namespace {

SyntheticOptions options_for(std::string_view first_day, std::uint32_t meters, std::uint32_t days) {
    SyntheticOptions options;
    options.meters = meters;
    options.days = days;
    options.first_day = day_named(first_day);
    options.zone = &zone_named("America/Chicago");
    return options;
}

// Every meter present, everything actual.
SyntheticOptions plain(std::string_view first_day, std::uint32_t meters, std::uint32_t days) {
    SyntheticOptions options = options_for(first_day, meters, days);
    options.solar_percent = options.estimated_permille = options.missing_permille = 0;
    return options;
}

using Write = void (SyntheticUtility::*)(const TextSink&) const;

std::vector<std::string> lines(const SyntheticOptions& options, Write write) {
    std::string text;
    (SyntheticUtility(options).*write)([&](std::string_view piece) { text += piece; });
    std::vector<std::string> result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        REQUIRE(end != std::string::npos);
        result.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return result;
}

std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> result(1);
    for (const char c : line) {
        c == ',' ? result.emplace_back().clear() : result.back().push_back(c);
    }
    return result;
}

// What an LSE file carries, read the plain way.
struct Carried {
    std::uint64_t intervals = 0;
    std::uint64_t estimated = 0;
    std::int64_t wh = 0;
};
Carried carried(const std::vector<std::string>& rows) {
    Carried sum;
    for (const std::string& row : rows) {
        if (row[0] != '1') {
            continue;
        }
        const auto parts = fields(row);
        for (std::size_t at = 1; at + 2 < parts.size(); at += 3) {
            ++sum.intervals;
            sum.estimated += parts[at + 1] == "E" ? 1U : 0U;
            sum.wh += parse_scaled(parts[at], 3).value().value;
        }
    }
    return sum;
}

TEST_CASE("the same seed gives the same file, another seed another") {
    auto options = options_for("2025-06-01", 20, 6);
    const auto first = lines(options, &SyntheticUtility::write_lse);
    CHECK(lines(options, &SyntheticUtility::write_lse) == first);
    options.seed = 2;
    CHECK(lines(options, &SyntheticUtility::write_lse) != first);
}

TEST_CASE("a day is the same whatever span it is asked in") {
    const auto june = lines(plain("2025-06-01", 3, 2), &SyntheticUtility::write_lse);
    const auto second = lines(plain("2025-06-02", 3, 1), &SyntheticUtility::write_lse);
    REQUIRE(june.size() == 2 * second.size());
    CHECK(std::equal(second.begin(), second.end(), june.begin() + static_cast<long>(second.size()))
    );
}

TEST_CASE("meters are numbered in a range of their own") {
    CHECK(SyntheticUtility::meter_id(0) == "10443720990000001");
    CHECK(SyntheticUtility::meter_id(9'999'998) == "10443720999999999");
}

TEST_CASE("files are day-major, and a group has the intervals its day has") {
    struct Row {
        std::string_view first_day;
        long intervals;
    };
    for (const Row& row : {Row{"2025-06-01", 96}, Row{"2025-03-09", 92}, Row{"2025-11-02", 100}}) {
        const auto rows = lines(plain(row.first_day, 3, 2), &SyntheticUtility::write_lse);
        std::vector<std::string> order;
        for (const std::string& line : rows) {
            if (line.compare(0, 9, "00000001,") == 0) {
                order.push_back(fields(line)[3] + fields(line)[1].substr(16));
            }
        }
        CHECK(order.size() == 6);
        CHECK(std::is_sorted(order.begin(), order.end()));
        const auto of_first = std::vector<std::string>(rows.begin(), rows.begin() + 4 + 3);
        CHECK(of_first[1] == "00000002,,,1,0,1,0,900,01,,,,");
        CHECK(carried(of_first).intervals == static_cast<std::uint64_t>(row.intervals));
    }
}

TEST_CASE("the Smart Meter Texas rows of a day that springs forward leave its hour blank") {
    const auto rows = lines(plain("2025-03-09", 1, 1), &SyntheticUtility::write_smt_csv);
    REQUIRE(rows.size() == 97);
    CHECK(
        rows[0] == "ESIID,USAGE_DATE,REVISION_DATE,USAGE_START_TIME,USAGE_END_TIME,USAGE_KWH,"
                   "ESTIMATED_ACTUAL,CONSUMPTION_SURPLUSGENERATION"
    );
    const std::string head = "'10443720990000001,03/09/2025,03/10/2025 07:41:42,";
    CHECK(rows[9] == head + "02:00,02:15,,,Consumption");
    CHECK(rows[12] == head + "02:45,03:00,,,Consumption");
    CHECK(fields(rows[8])[6] == "A");
    CHECK(fields(rows[13])[6] == "A");
    CHECK(fields(rows[96])[4] == "00:00");
}

TEST_CASE("the Smart Meter Texas rows of a day that falls back are 100 with one odd label") {
    const auto rows = lines(plain("2025-11-02", 1, 1), &SyntheticUtility::write_smt_csv);
    REQUIRE(rows.size() == 101);
    std::string labels;
    for (std::size_t at = 5; at <= 14; ++at) {
        labels += fields(rows[at])[3] + "-" + fields(rows[at])[4] + " ";
    }
    CHECK(
        labels ==
        "01:00-01:15 01:15-01:30 01:30-01:45 01:45-02:00 02:00-01:15 01:15-01:30 01:30-01:45 "
        "01:45-02:00 02:00-02:15 02:15-02:30 "
    );
}

TEST_CASE("estimates keep the energy of what they stand for, and revisions restore it") {
    auto options = options_for("2025-06-01", 30, 6);
    options.estimated_permille = 1000;
    options.revised_percent = 100;
    options.missing_permille = 0;
    const SyntheticUtility utility(options);
    SyntheticDay first, last;
    for (std::uint32_t meter = 0; meter < options.meters; ++meter) {
        CHECK(utility.revised(meter, 1));
        CHECK_FALSE(utility.revised(meter, 2));  // its revision would come after the file's end
        REQUIRE(utility.fill(meter, 1, SyntheticUtility::Posting::first, first));
        REQUIRE(utility.fill(meter, 1, SyntheticUtility::Posting::last, last));
        CHECK(first.consumption.total_wh() == last.consumption.total_wh());
        CHECK(first.generation.count == (utility.has_solar(meter) ? 96 : 0));
        CHECK(first.generation.total_wh() == last.generation.total_wh());
        const auto begin = first.consumption.quality.begin();
        CHECK(std::count(begin, begin + 96, Quality::estimated) >= 4);
        CHECK(
            std::count(
                last.consumption.quality.begin(),
                last.consumption.quality.begin() + 96,
                Quality::actual
            ) == 96
        );
    }
}

TEST_CASE("the truth is what the files say") {
    auto options = options_for("2025-03-06", 60, 9);
    options.estimated_permille = 200;
    options.missing_permille = 50;
    options.solar_percent = 30;
    const Carried lse = carried(lines(options, &SyntheticUtility::write_lse));
    CHECK(lse.estimated > 0);

    Carried smt;
    for (const std::string& row : lines(options, &SyntheticUtility::write_smt_csv)) {
        const auto parts = fields(row);
        if (parts[6] == "A" || parts[6] == "E") {
            ++smt.intervals;
            smt.wh += parse_scaled(parts[5], 3).value().value;
        }
    }
    const auto truth = lines(options, &SyntheticUtility::write_truth);
    const std::string counts = std::to_string(lse.intervals) + "," + std::to_string(lse.wh);
    CHECK(truth.front() == "meter,channel,intervals,total_wh");
    CHECK(truth.back() == "read,," + counts);
    CHECK(counts == std::to_string(smt.intervals) + "," + std::to_string(smt.wh));

    std::int64_t intervals = 0;
    std::int64_t wh = 0;
    for (std::size_t at = 1; at + 2 < truth.size(); ++at) {
        intervals += std::stoll(fields(truth[at])[2]);
        wh += std::stoll(fields(truth[at])[3]);
    }
    CHECK(
        truth[truth.size() - 2] == "total,," + std::to_string(intervals) + "," + std::to_string(wh)
    );
    CHECK(static_cast<std::uint64_t>(intervals) < lse.intervals);  // revisions were read as well
}

TEST_CASE("days are missing as often as asked") {
    auto options = plain("2025-06-01", 50, 3);
    options.missing_permille = 1000;
    CHECK(lines(options, &SyntheticUtility::write_lse).empty());
    CHECK(lines(options, &SyntheticUtility::write_smt_csv).size() == 1);
    CHECK(lines(options, &SyntheticUtility::write_truth).back() == "read,,0,0");
}

TEST_CASE("values look like those of homes: small in the middle, with a long tail, never absurd") {
    auto options = plain("2025-01-01", 100, 1);
    options.solar_percent = 10;
    std::vector<std::int64_t> values;
    int solar = 0;
    for (const std::string_view day : {"2025-01-15", "2025-04-15", "2025-07-15"}) {
        options.first_day = day_named(day);
        const SyntheticUtility utility(options);
        SyntheticDay filled;
        for (std::uint32_t meter = 0; meter < 400; ++meter) {
            REQUIRE(utility.fill(meter, 0, SyntheticUtility::Posting::last, filled));
            solar += utility.has_solar(meter) ? 1 : 0;
            for (int slot = 0; slot < filled.consumption.count; ++slot) {
                values.push_back(filled.consumption.wh[static_cast<std::size_t>(slot)]);
            }
        }
    }
    CHECK(solar > 3 * 20);
    CHECK(solar < 3 * 65);
    std::sort(values.begin(), values.end());
    const auto at = [&](std::size_t percent) { return values[values.size() * percent / 100]; };
    CHECK(values.front() >= 0);
    CHECK(values.back() <= 4000);
    CHECK(at(25) < at(50));
    CHECK(at(50) < 250);
    CHECK(at(75) > 250);
    CHECK(at(99) > 900);
}

TEST_CASE("every interval length fills its day") {
    for (const int minutes : {5, 10, 15, 30, 60}) {
        auto options = plain("2025-11-02", 2, 1);
        options.minutes = minutes;
        const auto rows = lines(options, &SyntheticUtility::write_lse);
        CHECK(carried(rows).intervals == static_cast<std::uint64_t>(2 * 25 * 60 / minutes));
        CHECK(rows[1] == "00000002,,,1,0,1,0," + std::to_string(minutes * 60) + ",01,,,,");
    }
}

}  // namespace
}  // namespace usagectl::meter
