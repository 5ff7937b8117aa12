// SPDX-License-Identifier: MIT
#include "meter/validation.hpp"

#include <catch2/catch.hpp>

#include "meter/series_builder.hpp"

namespace usagectl::meter {
namespace {

const Zone& chicago() {
    return zone_named("America/Chicago");
}
const LocalDay friday = day_named("2025-06-06");

std::vector<Finding> findings_of(
    const std::vector<SeriesInterval>& series, Check check, const QualityLimits& limits = {}
) {
    std::vector<Finding> findings = validate({series, &chicago()}, limits);
    std::erase_if(findings, [&](const Finding& finding) { return finding.check != check; });
    return findings;
}

// One day of values that never repeat, so that only what a test changes is found.
std::vector<SeriesInterval> lively_days(LocalDay first, int days) {
    auto series = series_of_days(chicago(), first, days, 0);
    for (std::size_t index = 0; index < series.size(); ++index) {
        series[index].wh = 300 + static_cast<std::int64_t>(index % 2) * 10;
    }
    return series;
}

TEST_CASE("an ordinary series has no findings, on clock-change days neither") {
    for (const std::string_view day : {"2025-06-06", "2025-03-07", "2025-10-31"}) {
        const auto series = lively_days(day_named(day), 5);
        CHECK(validate({series, &chicago()}, {}).empty());
    }
    CHECK(validate({{}, &chicago()}, {}).empty());
}

TEST_CASE("a gap is reported with an estimate, as an error when it is longer than two hours") {
    struct Row {
        std::size_t count;
        Severity severity;
        std::string detail;
    };
    const Row rows[] = {
        {1, Severity::warning, "1 interval missing, about 0.310 kWh by linear interpolation"},
        {8, Severity::warning, "8 intervals missing, about 2.480 kWh by linear interpolation"},
        {9, Severity::error, "9 intervals missing, no reference to estimate them from"},
    };
    for (const Row& row : rows) {
        auto series = series_of_days(chicago(), friday, 1, 310);
        make_missing(series, 40, row.count);
        QualityLimits limits;
        limits.stuck_intervals = 1000;
        const auto found = findings_of(series, Check::gap, limits);
        REQUIRE(found.size() == 1);
        CHECK(found[0].severity == row.severity);
        CHECK(found[0].detail == row.detail);
        CHECK(found[0].start == series[40].start);
        CHECK(found[0].end == series[39 + row.count].end);
    }
}

TEST_CASE("a gap of exactly the allowed length is not reported") {
    auto series = lively_days(friday, 1);
    make_missing(series, 10, 3);
    QualityLimits limits;
    limits.max_gap_intervals = 3;
    CHECK(findings_of(series, Check::gap, limits).empty());
    limits.max_gap_intervals = 2;
    CHECK(findings_of(series, Check::gap, limits).size() == 1);
}

TEST_CASE("a day with some of its intervals is partial, a missing or complete day is not") {
    auto series = lively_days(friday, 3);
    make_missing(series, 4, 8);
    make_missing(series, 96, 96);
    const auto found = findings_of(series, Check::partial_day);
    REQUIRE(found.size() == 1);
    CHECK(found[0].detail == "2025-06-06 has 88 of its 96 intervals");
    CHECK(found[0].start == series[0].start);
    CHECK(found[0].end == series[95].end);
}

TEST_CASE("a partial day counts the intervals its clock gave it") {
    struct Row {
        std::string_view day;
        std::string detail;
    };
    const Row rows[] = {
        {"2025-03-09", "2025-03-09 has 91 of its 92 intervals"},
        {"2025-11-02", "2025-11-02 has 99 of its 100 intervals"},
    };
    for (const Row& row : rows) {
        auto series = lively_days(day_named(row.day), 1);
        make_missing(series, 4, 1);
        const auto found = findings_of(series, Check::partial_day);
        REQUIRE(found.size() == 1);
        CHECK(found[0].detail == row.detail);
    }
}

TEST_CASE("what has not happened yet is no gap, and a value there is future") {
    auto series = lively_days(friday, 1);
    make_missing(series, 50, 46);
    const Instant now = series[52].start + std::chrono::minutes(5);
    auto found = validate({series, &chicago(), {}, now}, {});
    REQUIRE(found.size() == 1);
    CHECK(found[0].check == Check::gap);
    CHECK(found[0].end == series[51].end);

    series = lively_days(friday, 1);
    found = validate({series, &chicago(), {}, series[95].start}, {});
    REQUIRE(found.size() == 1);
    CHECK(found[0].check == Check::future);
    CHECK(found[0].severity == Severity::error);
    CHECK(found[0].detail == "1 interval with values end after the present, 2025-06-07T04:45:00Z");
    CHECK(validate({series, &chicago(), {}, series[95].end}, {}).empty());
}

TEST_CASE("runs are reported from their limit, estimation above it") {
    struct Row {
        Check check;
        std::int64_t wh;
        Quality quality;
        std::size_t quiet;  // the longest run that is not reported
        std::string detail;
    };
    const Row rows[] = {
        {Check::zero,
         0,
         Quality::actual,
         95,
         "96 intervals in a row are 0.000 kWh (reported from 96 on)"},
        {Check::zero,
         0,
         Quality::estimated,
         95,
         "96 intervals in a row are 0.000 kWh (reported from 96 on)"},
        {Check::stuck,
         124,
         Quality::actual,
         11,
         "12 intervals in a row are 0.124 kWh (reported from 12 on)"},
        {Check::estimated,
         124,
         Quality::estimated,
         192,
         "193 intervals in a row are estimated (limit 192)"},
    };
    for (const Row& row : rows) {
        for (const bool reported : {false, true}) {
            auto series = lively_days(friday, 4);
            for (std::size_t index = 20; index < 20 + row.quiet + (reported ? 1 : 0); ++index) {
                series[index].wh = row.wh;
                series[index].quality = row.quality;
            }
            const auto found = findings_of(series, row.check);
            REQUIRE(found.size() == (reported ? 1 : 0));
            if (reported) {
                CHECK(found[0].detail == row.detail);
                CHECK(found[0].start == series[20].start);
                CHECK(found[0].end == series[20 + row.quiet].end);
            }
        }
    }
}

TEST_CASE("estimated values are never stuck, and zeros are zero, not stuck") {
    auto series = lively_days(friday, 2);
    for (std::size_t index = 0; index < 96; ++index) {
        series[index].wh = 0;
        series[96 + index].quality = Quality::estimated;
        series[96 + index].wh = 77;
    }
    CHECK(findings_of(series, Check::stuck).empty());
    CHECK(findings_of(series, Check::zero).size() == 1);
}

TEST_CASE("a spike stands more than the limit above the third highest of its day") {
    struct Row {
        std::int64_t highest, second, third;
        std::vector<std::string> details;
    };
    const Row rows[] = {
        {2232,
         600,
         544,
         {"2.232 kWh at 17:15 is 310 % over the day's third-highest 0.544 kWh (limit 180 %)"}},
        {2800, 1000, 1000, {}},
        {2801,
         1000,
         1000,
         {"2.801 kWh at 17:15 is 180 % over the day's third-highest 1.000 kWh (limit 180 %)"}},
        {1400, 320, 310, {}},
        {50000,
         320,
         310,
         {"50.000 kWh at 17:15 is 9900 % over the floor of 0.500 kWh (the day's third-highest is "
          "0.310 kWh) (limit 180 %)"}},
        {4000,
         3000,
         600,
         {"4.000 kWh at 17:15 is 566 % over the day's third-highest 0.600 kWh (limit 180 %)",
          "3.000 kWh at 18:00 is 400 % over the day's third-highest 0.600 kWh (limit 180 %)"}},
    };
    for (const Row& row : rows) {
        auto series = lively_days(friday, 2);
        series[69].wh = row.highest;
        series[72].wh = row.second;
        series[75].wh = row.third;
        const auto found = findings_of(series, Check::spike);
        std::vector<std::string> details;
        for (const Finding& finding : found) {
            details.push_back(finding.detail);
        }
        CHECK(details == row.details);
    }
}

TEST_CASE("a day of mixed interval lengths has no spike but a change of length") {
    auto series = series_of_days(chicago(), friday, 1, 310);
    auto hours = series_of_days(chicago(), friday, 1, 1600, 60);
    series.resize(48);
    series.insert(series.end(), hours.begin() + 12, hours.end());
    QualityLimits limits;
    limits.stuck_intervals = 1000;
    const auto found = validate({series, &chicago()}, limits);
    REQUIRE(found.size() == 1);
    CHECK(found[0].check == Check::interval_length);
    CHECK(found[0].severity == Severity::notice);
    CHECK(found[0].detail == "interval length changes from 15 to 60 minutes");
    CHECK(found[0].start == series[48].start);
}

TEST_CASE("a day far above or below the average of the days before it is reported") {
    struct Row {
        int days_before;
        std::int64_t usual, last;
        Check check;
        std::string detail;
    };
    const Row rows[] = {
        {3, 100, 300, Check::high, ""},
        {3,
         100,
         301,
         Check::high,
         "2025-06-09 totals 28.896 kWh, 301 % of the 9.600 kWh average of 3 days before it (limit "
         "300 %)"},
        {2, 100, 1000, Check::high, ""},
        {3, 100, 10, Check::low, ""},
        {3,
         100,
         9,
         Check::low,
         "2025-06-09 totals 0.864 kWh, 9 % of the 9.600 kWh average of 3 days before it (limit 10 "
         "%)"},
        {3, 0, 500, Check::high, ""},
        {20,
         100,
         301,
         Check::high,
         "2025-06-26 totals 28.896 kWh, 301 % of the 9.600 kWh average of 14 days before it "
         "(limit 300 %)"},
    };
    for (const Row& row : rows) {
        auto series = series_of_days(chicago(), friday, row.days_before + 1, row.usual);
        for (std::size_t index = series.size() - 96; index < series.size(); ++index) {
            series[index].wh = row.last;
        }
        const auto found = findings_of(series, row.check);
        REQUIRE(found.size() == (row.detail.empty() ? 0 : 1));
        if (!row.detail.empty()) {
            CHECK(found[0].detail == row.detail);
            CHECK(found[0].severity == Severity::warning);
        }
    }
}

TEST_CASE("a day with a hole is neither compared nor an average") {
    auto series = series_of_days(chicago(), friday, 4, 100);
    for (std::size_t index = 288; index < 384; ++index) {
        series[index].wh = 1000;
    }
    CHECK(findings_of(series, Check::high).size() == 1);
    auto holed = series;
    make_missing(holed, 300, 1);
    CHECK(findings_of(holed, Check::high).empty());
    holed = series;
    make_missing(holed, 5, 1);  // leaves two complete days before it
    CHECK(findings_of(holed, Check::high).empty());
}

TEST_CASE("history is compared against and never reported on") {
    auto series = series_of_days(chicago(), friday, 5, 100);
    for (std::size_t index = 288; index < series.size(); ++index) {
        series[index].wh = 1000;
    }
    const auto found = validate({series, &chicago(), series[384].start}, {});
    REQUIRE(found.size() == 2);
    CHECK(found[0].check == Check::stuck);
    CHECK(found[0].start == series[384].start);
    CHECK(found[1].check == Check::high);
    CHECK(found[1].start == series[384].start);
}

TEST_CASE("intervals must add up to what the register moved") {
    const auto series = lively_days(friday, 2);  // 29.280 kWh a day
    const Instant start = series[0].start;
    const Instant noon = series[48].start;
    const Instant end = series[96].start;
    struct Row {
        std::vector<RegisterReading> registers;
        std::string detail;
    };
    const Row rows[] = {
        {{{start, 5'000'000}, {end, 5'031'280}}, ""},
        {{{end, 5'031'281}, {start, 5'000'000}},
         "intervals total 29.280 kWh, the register moved 31.281 kWh: 2.001 kWh apart (limit 2.000 "
         "kWh)"},
        {{{start, 5'000'000}, {noon, 5'014'640}, {end, 5'029'280}}, ""},
        {{{start, 5'000'000}, {end, 4'999'999}},
         "the register falls from 5000.000 to 4999.999 kWh"},
        {{{start, 0}, {end + std::chrono::minutes(5), 99'000'000}}, ""},
        {{{start, 0}}, ""},
    };
    for (const Row& row : rows) {
        const auto found = validate({series, &chicago(), {}, Instant::max(), row.registers}, {});
        REQUIRE(found.size() == (row.detail.empty() ? 0 : 1));
        if (!row.detail.empty()) {
            CHECK(found[0].check == Check::sum);
            CHECK(found[0].severity == Severity::error);
            CHECK(found[0].detail == row.detail);
        }
    }
    auto holed = series;
    make_missing(holed, 3, 1);
    const std::vector<RegisterReading> registers{{start, 0}, {end, 99'000'000}};
    for (const Finding& finding :
         validate({holed, &chicago(), {}, Instant::max(), registers}, {})) {
        CHECK(finding.check != Check::sum);
    }
}

TEST_CASE("findings ascend by start") {
    auto series = lively_days(friday, 4);
    make_missing(series, 200, 20);
    series[100].wh = 90'000;
    series[10].wh = 90'000;
    make_missing(series, 30, 2);
    const auto found = validate({series, &chicago()}, {});
    REQUIRE(found.size() == 6);
    for (std::size_t index = 1; index < found.size(); ++index) {
        CHECK(found[index - 1].start <= found[index].start);
    }
}

TEST_CASE("the largest values and limits do not overflow") {
    auto series = series_of_days(chicago(), friday, 20, max_interval_wh);
    series[1900].wh = 0;
    QualityLimits limits;
    limits.spike_percent = limits.high_percent = INT64_MAX;
    limits.low_percent = INT64_MAX;
    CHECK(findings_of(series, Check::spike, limits).empty());
    CHECK(findings_of(series, Check::high, limits).empty());
    CHECK(findings_of(series, Check::low, limits).size() == 17);
}

}  // namespace
}  // namespace usagectl::meter
