// SPDX-License-Identifier: MIT
#include "meter/estimation.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/money.hpp"
#include "meter/day_slice.hpp"

namespace usagectl::meter {

namespace {

using Series = std::span<const SeriesInterval>;

constexpr std::size_t most_references = 3;

// Half-even, so that a long run of estimates drifts neither up nor down.
std::int64_t divide_rounded(Int128 dividend, Int128 divisor) {
    return static_cast<std::int64_t>(divide(dividend, divisor, Rounding::half_even));
}

SeriesInterval proposal(const SeriesInterval& hole, std::int64_t wh) {
    return SeriesInterval{hole.start, hole.end, wh, Quality::estimated, std::nullopt};
}

bool is_missing(const SeriesInterval& interval) {
    return interval.quality == Quality::missing;
}

// What an interval holds on average, by the time it lasts.
class Mean {
public:
    Mean(Series series, Instant since) {
        for (const SeriesInterval& interval : series) {
            if (interval.start < since || is_missing(interval)) {
                continue;
            }
            wh_ += interval.wh;
            seconds_ += (interval.end - interval.start).count();
        }
    }
    [[nodiscard]] std::int64_t wh_of(const SeriesInterval& hole) const {
        if (seconds_ == 0) {
            return 0;
        }
        return divide_rounded(wh_ * (hole.end - hole.start).count(), seconds_);
    }

private:
    Int128 wh_ = 0;
    Int128 seconds_ = 0;
};

bool same_length(const SeriesInterval& a, const SeriesInterval& b) {
    return a.end - a.start == b.end - b.start;
}

std::optional<GapEstimate> interpolate(Series series, std::size_t first, std::size_t count) {
    if (first == 0 || first + count == series.size()) {
        return std::nullopt;
    }
    const SeriesInterval& before = series[first - 1];
    const SeriesInterval& after = series[first + count];
    const Series gap = series.subspan(first, count);
    const bool one_grid = std::all_of(gap.begin(), gap.end(), [&](const auto& hole) {
        return same_length(hole, before);
    });
    if (before.quality == Quality::missing || after.quality == Quality::missing || !one_grid ||
        !same_length(before, after)) {
        return std::nullopt;
    }
    GapEstimate estimate;
    const auto steps = static_cast<std::int64_t>(count) + 1;
    for (std::int64_t step = 1; step < steps; ++step) {
        const std::int64_t wh = divide_rounded(before.wh * (steps - step) + after.wh * step, steps);
        estimate.intervals.push_back(proposal(gap[static_cast<std::size_t>(step - 1)], wh));
        estimate.total_wh += wh;
    }
    return estimate;
}

// The settled actual value at `start`, of the length of `hole`.
std::optional<std::int64_t>
settled_value(Series series, Instant start, const SeriesInterval& hole) {
    const auto found = std::lower_bound(
        series.begin(),
        series.end(),
        start,
        [](const SeriesInterval& interval, Instant at) { return interval.start < at; }
    );
    if (found == series.end() || found->start != start || !same_length(*found, hole) ||
        found->quality != Quality::actual || found->layer != Layer::vee) {
        return std::nullopt;
    }
    return found->wh;
}

// The values of `back` days earlier at the local times of `gap`; empty when one is not settled.
std::vector<std::int64_t>
values_of_day(Series series, Series gap, std::chrono::days back, const Zone& zone) {
    std::vector<std::int64_t> values;
    values.reserve(gap.size());
    for (const SeriesInterval& hole : gap) {
        const Zone::Readings then = zone.readings(zone.local(hole.start) - back);
        const auto value = then.count == 0 ? std::nullopt : settled_value(series, then.first, hole);
        if (!value) {
            return {};
        }
        values.push_back(*value);
    }
    return values;
}

bool working_day(LocalDay day) {
    const auto weekday = std::chrono::weekday(day).iso_encoding();
    return weekday <= 5;
}

// How many days back to look, in order of preference.
std::vector<std::vector<int>> candidates(LocalDay day) {
    std::vector<int> alike;
    for (int back = 1; back <= 14; ++back) {
        if (working_day(day - std::chrono::days(back)) == working_day(day)) {
            alike.push_back(back);
        }
    }
    return {{7, 14, 21, 28}, alike};
}

// Adds the estimate of one local day's part of the gap. False when the day has no reference.
bool add_like_day(
    Series series, Series gap, LocalDay day, const Zone& zone, GapEstimate& estimate
) {
    std::vector<std::vector<std::int64_t>> references;
    for (const std::vector<int>& tier : candidates(day)) {
        for (const int back : tier) {
            if (references.size() == most_references) {
                break;
            }
            auto values = values_of_day(series, gap, std::chrono::days(back), zone);
            if (!values.empty()) {
                references.push_back(std::move(values));
            }
        }
        if (!references.empty()) {
            break;
        }
    }
    if (references.empty()) {
        return false;
    }
    for (std::size_t hole = 0; hole < gap.size(); ++hole) {
        std::int64_t sum = 0;
        for (const auto& values : references) {
            sum += values[hole];
        }
        const std::int64_t wh = divide_rounded(sum, static_cast<std::int64_t>(references.size()));
        estimate.intervals.push_back(proposal(gap[hole], wh));
        estimate.total_wh += wh;
    }
    return true;
}

}  // namespace

std::string_view to_string(EstimationMethod method) {
    return method == EstimationMethod::linear ? "linear interpolation" : "like-day average";
}

std::optional<GapEstimate> estimate_gap(
    std::span<const SeriesInterval> series, std::size_t first, std::size_t count, const Zone& zone
) {
    USAGECTL_ASSERT(count > 0 && first <= series.size() && count <= series.size() - first);
    const Series gap = series.subspan(first, count);
    if (gap.back().end - gap.front().start <= longest_interpolation) {
        if (auto estimate = interpolate(series, first, count)) {
            return estimate;
        }
    }
    GapEstimate estimate;
    estimate.method = EstimationMethod::like_day;
    for (const DaySlice& slice : slice_days(gap, zone)) {
        if (!add_like_day(series, slice.of(gap), slice.day, zone, estimate)) {
            return std::nullopt;
        }
    }
    return estimate;
}

std::vector<SeriesInterval> fill_missing(Series series, std::size_t first, const Zone& zone) {
    const Series day = series.subspan(first);
    std::vector<SeriesInterval> filled(day.begin(), day.end());
    if (std::none_of(day.begin(), day.end(), is_missing)) {
        return filled;
    }
    const Mean mean(series, zone.day_start(zone.day_of(day.front().start) - estimation_history));
    for (std::size_t at = 0; at < filled.size();) {
        const std::size_t begin = at;
        while (at < filled.size() && is_missing(day[at])) {
            ++at;
        }
        if (at == begin) {
            ++at;
            continue;
        }
        const auto guess = estimate_gap(series, first + begin, at - begin, zone);
        for (std::size_t hole = begin; hole < at; ++hole) {
            filled[hole] =
                guess ? guess->intervals[hole - begin] : proposal(day[hole], mean.wh_of(day[hole]));
        }
    }
    return filled;
}

}  // namespace usagectl::meter
