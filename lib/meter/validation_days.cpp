// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "meter/day_slice.hpp"
#include "meter/kwh.hpp"
#include "meter/validation_parts.hpp"

namespace usagectl::meter {

namespace {

// Limits are configuration and may be any size; a product of two of them and a sum is not.
__extension__ using Wide = __int128;

struct Day {
    LocalDay date{};
    std::span<const SeriesInterval> intervals;
    std::int64_t total_wh = 0;
    std::size_t missing = 0;
    bool complete = false;  // whole and without a hole
    bool one_grid = true;   // every interval has the same length

    [[nodiscard]] Instant start() const { return intervals.front().start; }
    [[nodiscard]] Instant end() const { return intervals.back().end; }
};

std::vector<Day> gather_days(const QualityInput& input) {
    std::vector<Day> days;
    for (const DaySlice& slice : slice_days(input.series, *input.zone)) {
        Day day{slice.day, slice.of(input.series)};
        const auto length = day.intervals.front().end - day.intervals.front().start;
        for (const SeriesInterval& interval : day.intervals) {
            day.total_wh += interval.wh;
            day.missing += interval.quality == Quality::missing ? 1U : 0U;
            day.one_grid = day.one_grid && interval.end - interval.start == length;
        }
        day.complete = slice.whole && day.missing == 0;
        days.push_back(day);
    }
    return days;
}

Finding finding_of(const Day& day, Check check, std::string detail) {
    return {check, Severity::warning, day.start(), day.end(), std::move(detail)};
}

void check_partial(const Day& day, Instant now, std::vector<Finding>& findings) {
    const std::size_t count = day.intervals.size();
    if (day.missing == 0 || day.missing == count || day.end() > now) {
        return;
    }
    findings.push_back(finding_of(
        day,
        Check::partial_day,
        fmt::format(
            "{} has {} of its {} intervals", format_day(day.date), count - day.missing, count
        )
    ));
}

std::string spike_detail(
    const SeriesInterval& interval,
    std::int64_t third,
    const Zone& zone,
    const QualityLimits& limits
) {
    const std::int64_t base = std::max(third, limits.spike_floor_wh);
    const auto percent = static_cast<std::int64_t>(Wide(interval.wh - base) * 100 / base);
    const auto minute =
        std::chrono::floor<std::chrono::minutes>(zone.local(interval.start)).time_since_epoch() %
        std::chrono::days(1);
    const std::string third_text =
        third == base ? fmt::format("the day's third-highest {} kWh", kwh_text(third))
                      : fmt::format(
                            "the floor of {} kWh (the day's third-highest is {} kWh)",
                            kwh_text(base),
                            kwh_text(third)
                        );
    return fmt::format(
        "{} kWh at {:02}:{:02} is {} % over {} (limit {} %)",
        kwh_text(interval.wh),
        minute.count() / 60,
        minute.count() % 60,
        percent,
        third_text,
        limits.spike_percent
    );
}

// At most two intervals can stand above the third highest.
void check_spike(
    const Day& day, const Zone& zone, const QualityLimits& limits, std::vector<Finding>& findings
) {
    if (!day.one_grid || day.intervals.size() - day.missing < 3) {
        return;
    }
    std::array<const SeriesInterval*, 3> top{};  // highest first
    for (const SeriesInterval& interval : day.intervals) {
        const SeriesInterval* next = &interval;
        for (const SeriesInterval*& place : top) {
            const bool above = place == nullptr || next->wh > place->wh;
            if (next->quality != Quality::missing && above) {
                std::swap(place, next);
            }
            if (next == nullptr) {
                break;
            }
        }
    }
    const std::int64_t third = top[2]->wh;
    const std::int64_t base = std::max(third, limits.spike_floor_wh);
    for (const SeriesInterval* interval : {top[0], top[1]}) {
        if (base > 0 && Wide(interval->wh - base) * 100 > Wide(base) * limits.spike_percent) {
            findings.push_back(
                {Check::spike,
                 Severity::warning,
                 interval->start,
                 interval->end,
                 spike_detail(*interval, third, zone, limits)}
            );
        }
    }
}

struct Average {
    std::int64_t days = 0;
    std::int64_t sum_wh = 0;
};

// Over the complete days among the `average_days` calendar days before days[index].
Average
average_before(const std::vector<Day>& days, std::size_t index, const QualityLimits& limits) {
    Average average;
    for (std::size_t back = index; back-- > 0;) {
        if ((days[index].date - days[back].date).count() > limits.average_days) {
            break;
        }
        if (days[back].complete) {
            ++average.days;
            average.sum_wh += days[back].total_wh;
        }
    }
    return average;
}

void check_level(
    const Day& day,
    const Average& average,
    const QualityLimits& limits,
    std::vector<Finding>& findings
) {
    const bool comparable = day.complete && average.sum_wh > 0 && average.days > 0 &&
                            average.days >= limits.average_min_days;
    if (!comparable) {
        return;
    }
    const Wide scaled = Wide(day.total_wh) * average.days * 100;
    const bool high = scaled > Wide(average.sum_wh) * limits.high_percent;
    const bool low = scaled < Wide(average.sum_wh) * limits.low_percent;
    if (!high && !low) {
        return;
    }
    findings.push_back(finding_of(
        day,
        high ? Check::high : Check::low,
        fmt::format(
            "{} totals {} kWh, {} % of the {} kWh average of {} days before it (limit {} %)",
            format_day(day.date),
            kwh_text(day.total_wh),
            static_cast<std::int64_t>(scaled / average.sum_wh),
            kwh_text(average.sum_wh / average.days),
            average.days,
            high ? limits.high_percent : limits.low_percent
        )
    ));
}

}  // namespace

void check_days(
    const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
) {
    const std::vector<Day> days = gather_days(input);
    for (std::size_t index = 0; index < days.size(); ++index) {
        const Day& day = days[index];
        if (day.start() < input.report_from) {
            continue;
        }
        check_partial(day, input.now, findings);
        check_spike(day, *input.zone, limits, findings);
        check_level(day, average_before(days, index, limits), limits, findings);
    }
}

}  // namespace usagectl::meter
