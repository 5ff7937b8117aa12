// SPDX-License-Identifier: MIT
#include "plot/samples.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "meter/day_slice.hpp"
#include "meter/kwh.hpp"
#include "plot/scale.hpp"

namespace usagectl::plot {

namespace {

using meter::Quality;
using meter::SeriesInterval;

constexpr std::chrono::days longest_power_curve{31};

std::int64_t watts(const SeriesInterval& interval) {
    return interval.wh * 3600 / (interval.end - interval.start).count();
}

Sample power_sample(const SeriesInterval& interval) {
    const bool present = interval.quality != Quality::missing;
    return {
        interval.start,
        interval.end,
        present ? watts(interval) : 0,
        present,
        !present,
        interval.quality == Quality::estimated};
}

Sample day_sample(std::span<const SeriesInterval> day) {
    Sample sample{day.front().start, day.back().end};
    for (const SeriesInterval& interval : day) {
        const Sample part = power_sample(interval);
        sample.value += interval.wh;
        sample.present = sample.present || part.present;
        sample.missing = sample.missing || part.missing;
        sample.estimated = sample.estimated || part.estimated;
    }
    return sample;
}

// Takes samples in; sums become a mean at the end.
class Gathering {
public:
    void add(const Sample& sample) {
        column_.missing = column_.missing || sample.missing;
        column_.estimated = column_.estimated || sample.estimated;
        if (!sample.present) {
            return;
        }
        column_.low = count_ == 0 ? sample.value : std::min(column_.low, sample.value);
        column_.high = count_ == 0 ? sample.value : std::max(column_.high, sample.value);
        sum_ += sample.value;
        ++count_;
    }
    [[nodiscard]] Column column() const {
        Column column = column_;
        column.present = count_ > 0;
        column.mean = count_ > 0 ? sum_ / count_ : 0;
        return column;
    }

private:
    Column column_;
    std::int64_t sum_ = 0;
    std::int64_t count_ = 0;
};

}  // namespace

Samples samples_of(const PlotInput& input) {
    Samples samples;
    const auto& intervals = input.intervals;
    if (intervals.empty()) {
        return samples;
    }
    if (intervals.back().end - intervals.front().start >
        longest_power_curve + std::chrono::hours(1)) {
        samples.measure = Measure::daily_energy;
        for (const meter::DaySlice& slice : meter::slice_days(intervals, *input.zone)) {
            samples.items.push_back(day_sample(slice.of(intervals)));
        }
    } else {
        for (const SeriesInterval& interval : intervals) {
            samples.items.push_back(power_sample(interval));
        }
    }
    for (const Sample& sample : samples.items) {
        samples.highest = std::max(samples.highest, sample.value);
    }
    return samples;
}

std::vector<Column> columns_of(const Samples& samples, std::size_t count) {
    std::vector<Column> columns;
    if (samples.items.empty()) {
        return columns;
    }
    const Instant from = samples.items.front().start;
    const std::int64_t span = (samples.items.back().end - from).count();
    const auto edge = [&](std::size_t column) {
        return from +
               std::chrono::seconds(
                   span * static_cast<std::int64_t>(column) / static_cast<std::int64_t>(count)
               );
    };
    std::size_t next = 0;  // the first sample whose middle lies at or after the column's begin
    for (std::size_t at = 0; at < count; ++at) {
        const Instant begin = edge(at);
        const Instant end = edge(at + 1);
        const auto middle = [&](std::size_t index) {
            const Sample& sample = samples.items[index];
            return sample.start + (sample.end - sample.start) / 2;
        };
        Gathering gathering;
        bool any = false;
        for (; next < samples.items.size() && middle(next) < end; ++next) {
            gathering.add(samples.items[next]);
            any = true;
        }
        if (!any) {
            const Instant centre = begin + (end - begin) / 2;
            const std::size_t last = samples.items.size() - 1;
            const std::size_t around = next <= last && samples.items[next].start <= centre
                                           ? next
                                           : next - (next > 0 ? 1 : 0);
            gathering.add(samples.items[std::min(around, last)]);
        }
        columns.push_back(gathering.column());
    }
    return columns;
}

Summary summary_of(const PlotInput& input) {
    std::int64_t total = 0;
    std::size_t missing = 0;
    std::size_t estimated = 0;
    const SeriesInterval* peak = nullptr;
    for (const SeriesInterval& interval : input.intervals) {
        total += interval.wh;
        missing += interval.quality == Quality::missing ? 1U : 0U;
        estimated += interval.quality == Quality::estimated ? 1U : 0U;
        const bool present = interval.quality != Quality::missing;
        if (present && (peak == nullptr || watts(interval) > watts(*peak))) {
            peak = &interval;
        }
    }
    Summary summary;
    summary.total = fmt::format("total {} kWh", meter::kwh_text(total));
    if (peak != nullptr) {
        summary.peak = fmt::format(
            "peak {} kW at {}", meter::kwh_text(watts(*peak)), local_text(peak->start, *input.zone)
        );
    }
    if (missing > 0) {
        summary.missing = fmt::format("{} of {} missing", missing, input.intervals.size());
    }
    if (estimated > 0) {
        summary.estimated = fmt::format("{} estimated", estimated);
    }
    return summary;
}

}  // namespace usagectl::plot
