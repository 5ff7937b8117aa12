// SPDX-License-Identifier: MIT
#include "meter/estimation.hpp"

#include <catch2/catch.hpp>

#include "meter/series_builder.hpp"

namespace usagectl::meter {
namespace {

const Zone& chicago() {
    return zone_named("America/Chicago");
}

std::vector<std::int64_t> values(const std::optional<GapEstimate>& estimate) {
    std::vector<std::int64_t> result;
    for (const SeriesInterval& interval : estimate.value().intervals) {
        result.push_back(interval.wh);
    }
    return result;
}

// Sets all values of the day that begins `day` days into the series of whole 96-interval days.
void set_day(std::vector<SeriesInterval>& series, std::size_t day, std::int64_t wh) {
    for (std::size_t index = day * 96; index < day * 96 + 96; ++index) {
        series[index].wh = wh;
    }
}

TEST_CASE("a short gap lies on the line between its neighbours, rounded half-even") {
    struct Row {
        std::int64_t before, after;
        std::vector<std::int64_t> expected;
    };
    const Row rows[] = {
        {100, 500, {200, 300, 400}},
        {500, 100, {400, 300, 200}},
        {0, 2, {0, 1, 2}},  // 0.5, 1, 1.5
        {3, 1, {2, 2, 2}},  // 2.5, 2, 1.5
        {7, 7, {7, 7, 7}},
    };
    for (const Row& row : rows) {
        auto series = series_of_days(chicago(), day_named("2025-06-06"), 1, 1);
        series[9].wh = row.before;
        series[13].wh = row.after;
        make_missing(series, 10, 3);
        const auto estimate = estimate_gap(series, 10, 3, chicago());
        REQUIRE(estimate);
        CHECK(estimate->method == EstimationMethod::linear);
        CHECK(values(estimate) == row.expected);
        CHECK(estimate->total_wh == row.expected[0] + row.expected[1] + row.expected[2]);
        CHECK(estimate->intervals[1].start == series[11].start);
        CHECK(estimate->intervals[1].end == series[11].end);
        CHECK(estimate->intervals[1].quality == Quality::estimated);
    }
}

TEST_CASE("two hours are interpolated and a minute more is not") {
    auto series = series_of_days(chicago(), day_named("2025-06-06"), 1, 50);
    make_missing(series, 20, 9);
    CHECK(estimate_gap(series, 20, 8, chicago()) == std::nullopt);  // its end point is missing
    CHECK(estimate_gap(series, 20, 9, chicago()) == std::nullopt);  // no reference day
    series[28] = {series[28].start, series[28].end, 50, Quality::actual, Layer::vee};
    CHECK(values(estimate_gap(series, 20, 8, chicago())) == std::vector<std::int64_t>(8, 50));
}

TEST_CASE("a gap at the edge of the series has no line to lie on") {
    auto series = series_of_days(chicago(), day_named("2025-06-06"), 1, 50);
    make_missing(series, 0, 2);
    make_missing(series, 94, 2);
    CHECK_FALSE(estimate_gap(series, 0, 2, chicago()));
    CHECK_FALSE(estimate_gap(series, 94, 2, chicago()));
}

TEST_CASE("a long gap is the average of the three newest settled days of its weekday") {
    auto series = series_of_days(chicago(), day_named("2025-06-01"), 36, 10);
    set_day(series, 0, 1000);  // five weeks before: out of reach
    set_day(series, 7, 100);
    set_day(series, 14, 200);
    set_day(series, 21, 300);
    set_day(series, 28, 401);
    make_missing(series, 35 * 96 + 40, 9);
    const auto estimate = estimate_gap(series, 35 * 96 + 40, 9, chicago());
    REQUIRE(estimate);
    CHECK(estimate->method == EstimationMethod::like_day);
    CHECK(values(estimate) == std::vector<std::int64_t>(9, 300));  // (200 + 300 + 401) / 3

    series[28 * 96 + 44].quality = Quality::estimated;  // no reference any more
    CHECK(
        values(estimate_gap(series, 35 * 96 + 40, 9, chicago())) ==
        std::vector<std::int64_t>(9, 200)
    );
    series[21 * 96 + 44].layer = Layer::raw;  // not settled
    CHECK(
        values(estimate_gap(series, 35 * 96 + 40, 9, chicago())) ==
        std::vector<std::int64_t>(9, 150)
    );
}

TEST_CASE("without the same weekday, working days stand for working days and weekends for weekends"
) {
    // Monday to the Sunday after: no day has its weekday before it but the last ones.
    auto series = series_of_days(chicago(), day_named("2025-06-02"), 7, 0);
    for (std::size_t day = 0; day < 7; ++day) {
        set_day(series, day, static_cast<std::int64_t>(day + 1) * 100);
    }
    auto friday_gap = series;
    make_missing(friday_gap, 4 * 96, 96);
    CHECK(
        values(estimate_gap(friday_gap, 4 * 96, 96, chicago())) ==
        std::vector<std::int64_t>(96, 300)
    );  // Tuesday to Thursday
    auto sunday_gap = series;
    make_missing(sunday_gap, 6 * 96, 96);
    CHECK(
        values(estimate_gap(sunday_gap, 6 * 96, 96, chicago())) ==
        std::vector<std::int64_t>(96, 600)
    );  // Saturday
}

TEST_CASE("like days are matched by local time across a change of the clock") {
    // Sunday 2025-11-09, a week after the clock fell back and its day had 25 hours.
    const LocalDay fall = day_named("2025-11-02");
    auto series = series_of_days(chicago(), fall, 8, 0);
    const std::size_t noon_then = 13 * 4;
    const std::size_t noon_now = 100 + 6 * 96 + 48;
    for (std::size_t index = 0; index < 12; ++index) {
        series[noon_then + index].wh = 500 + static_cast<std::int64_t>(index);
    }
    make_missing(series, noon_now, 12);
    const auto estimate = estimate_gap(series, noon_now, 12, chicago());
    REQUIRE(estimate);
    CHECK(estimate->intervals.front().wh == 500);
    CHECK(estimate->intervals.back().wh == 511);
}

TEST_CASE("a gap over several days needs a reference for each") {
    auto series = series_of_days(chicago(), day_named("2025-06-02"), 4, 40);
    make_missing(series, 2 * 96, 192);
    CHECK(
        values(estimate_gap(series, 2 * 96, 192, chicago())) == std::vector<std::int64_t>(192, 40)
    );
    make_missing(series, 0, 192);
    CHECK_FALSE(estimate_gap(series, 2 * 96, 192, chicago()));
}

TEST_CASE("what no like day tells is filled by the average of an hour, whatever its intervals") {
    // One day by the hour, the next by the quarter of an hour, without a value.
    auto series = series_of_days(chicago(), day_named("2025-06-06"), 1, 402, 60);
    auto day = series_of_days(chicago(), day_named("2025-06-07"), 1, 0);
    make_missing(day, 0, 96);
    series.insert(series.end(), day.begin(), day.end());
    const auto filled = fill_missing(series, 24, chicago());
    REQUIRE(filled.size() == 96);
    for (const SeriesInterval& interval : filled) {
        CHECK(interval.wh == 100);  // 100.5, half to even
        CHECK(interval.quality == Quality::estimated);
        CHECK_FALSE(interval.layer);
    }
}

TEST_CASE("a day is filled from the days before it, four weeks at most, and from itself") {
    struct Row {
        int days_before;      // a settled day of 96 intervals lies so far back
        std::int64_t before;  // in each of them
        std::int64_t own;     // in the one interval the day has
        std::int64_t expected;
    };
    const Row rows[] = {
        {27, 50, 147, 51},  // (96 * 50 + 147) / 97
        {30, 50, 147, 147},
        {5, 0, 97, 1},
    };
    for (const Row& row : rows) {
        const auto day = day_named("2025-06-07");
        const auto back = std::chrono::days(row.days_before);
        // A Saturday, and no day before it that is like it.
        auto series = series_of_days(chicago(), day - back, row.days_before + 1, row.before);
        make_missing(series, 96, series.size() - 96);
        const auto first = series.size() - 96;
        series[first + 40] = {
            series[first + 40].start, series[first + 40].end, row.own, Quality::actual, Layer::vee};
        const auto filled = fill_missing(series, first, chicago());
        CHECK(filled[40] == series[first + 40]);
        CHECK(filled[80].quality == Quality::estimated);
        INFO(row.days_before);
        CHECK(filled[80].wh == row.expected);
    }
}

}  // namespace
}  // namespace usagectl::meter
