// SPDX-License-Identifier: MIT
#include "plot/heat_grid.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "plot/scale.hpp"

namespace usagectl::plot {

namespace {

using std::chrono::days;

struct Sum {
    std::int64_t watt_seconds = 0;
    std::int64_t seconds = 0;  // with a value
    bool asked = false;
};

LocalDay period_start(LocalDay day, Period period) {
    if (period == Period::week) {
        return day - days(std::chrono::weekday(day).iso_encoding() - 1);
    }
    if (period == Period::month) {
        const std::chrono::year_month_day date(day);
        return LocalDay(date.year() / date.month() / 1);
    }
    return day;
}

Period period_for(LocalDay first, LocalDay last, std::size_t most_rows) {
    const auto count = static_cast<std::size_t>((last - first).count() + 1);
    if (count <= most_rows) {
        return Period::day;
    }
    return count / 7 + 2 <= most_rows ? Period::week : Period::month;
}

class Gathering {
public:
    Gathering(const PlotInput& input, std::size_t slots)
        : zone_(*input.zone)
        , slot_seconds_(86400 / static_cast<std::int64_t>(slots))
        , slots_(slots) {}

    // An interval longer than a slot is spread evenly over the slots it covers.
    void add(const meter::SeriesInterval& interval, Period period) {
        const std::int64_t length = (interval.end - interval.start).count();
        const std::int64_t parts = std::max<std::int64_t>(1, length / slot_seconds_);
        for (std::int64_t part = 0; part < parts; ++part) {
            const LocalTime local =
                zone_.local(interval.start + std::chrono::seconds(length * part / parts));
            const LocalDay day = std::chrono::floor<days>(local);
            const auto slot = static_cast<std::size_t>((local - day).count() / slot_seconds_);
            std::vector<Sum>& row = rows_[period_start(day, period)];
            row.resize(slots_);
            Sum& sum = row[slot];
            sum.asked = true;
            if (interval.quality != meter::Quality::missing) {
                sum.watt_seconds += interval.wh * 3600 / parts;
                sum.seconds += length / parts;
            }
        }
    }
    [[nodiscard]] const std::map<LocalDay, std::vector<Sum>>& rows() const { return rows_; }

private:
    const Zone& zone_;
    std::int64_t slot_seconds_;
    std::size_t slots_;
    std::map<LocalDay, std::vector<Sum>> rows_;
};

HeatCell cell_of(const Sum& sum) {
    if (!sum.asked) {
        return {};
    }
    if (sum.seconds == 0) {
        return {CellState::missing, 0};
    }
    return {CellState::known, sum.watt_seconds / sum.seconds};
}

// Marks what the clock did to one day.
void note_clock_change(HeatGrid& grid, HeatRow& row, const Zone& zone) {
    const auto length = zone.day_start(row.first + days(1)) - zone.day_start(row.first);
    if (length == std::chrono::hours(24)) {
        return;
    }
    row.note = fmt::format("{}h", std::chrono::round<std::chrono::hours>(length).count());
    std::string skipped, repeated;
    for (std::size_t slot = 0; slot < row.cells.size(); ++slot) {
        const auto minute = static_cast<int>(slot * 1440 / row.cells.size());
        const int count = zone.readings(LocalTime(row.first) + std::chrono::minutes(minute)).count;
        std::string& first = count == 0 ? skipped : repeated;
        if (count != 1 && first.empty()) {
            first = fmt::format("{:02}:{:02}", minute / 60, minute % 60);
        }
        if (count == 0) {
            row.cells[slot].state = CellState::skipped;
        }
    }
    if (!skipped.empty()) {
        grid.notes.push_back(fmt::format("{} has no {}", format_day(row.first), skipped));
    }
    if (!repeated.empty()) {
        grid.notes.push_back(
            fmt::format("{} has {} twice, the average is shown", format_day(row.first), repeated)
        );
    }
}

}  // namespace

HeatGrid heat_grid(const PlotInput& input, std::size_t slots, std::size_t most_rows) {
    HeatGrid grid;
    grid.slots = slots;
    if (input.intervals.empty()) {
        return grid;
    }
    const LocalDay first = input.zone->day_of(input.intervals.front().start);
    const LocalDay last = input.zone->day_of(input.intervals.back().start);
    grid.period = period_for(first, last, most_rows);
    Gathering gathering(input, slots);
    for (const meter::SeriesInterval& interval : input.intervals) {
        gathering.add(interval, grid.period);
    }
    for (const auto& [day, sums] : gathering.rows()) {
        HeatRow row{day, {}, {}};
        for (const Sum& sum : sums) {
            row.cells.push_back(cell_of(sum));
            grid.highest = std::max(grid.highest, row.cells.back().watts);
            grid.any_missing = grid.any_missing || row.cells.back().state == CellState::missing;
        }
        if (grid.period == Period::day) {
            note_clock_change(grid, row, *input.zone);
        }
        grid.rows.push_back(std::move(row));
    }
    return grid;
}

HeatLevels::HeatLevels(const HeatGrid& grid, int count)
    : count_(count)
    , highest_(grid.highest) {
    std::vector<std::int64_t> values;
    for (const HeatRow& row : grid.rows) {
        for (const HeatCell& cell : row.cells) {
            if (cell.state == CellState::known) {
                values.push_back(cell.watts);
            }
        }
    }
    if (values.empty()) {
        return;
    }
    const auto at = static_cast<std::ptrdiff_t>((values.size() - 1) * 95 / 100);
    std::nth_element(values.begin(), values.begin() + at, values.end());
    const std::int64_t reach = values[static_cast<std::size_t>(at)];
    step_ = nice_step(std::max<std::int64_t>((reach + count - 1) / count, 1), true);
}

int HeatLevels::of(std::int64_t watts) const {
    return static_cast<int>(std::min<std::int64_t>(watts / step_, count_ - 1));
}

std::string HeatLevels::text(int level) const {
    const std::int64_t low = step_ * level;
    const bool last = level == count_ - 1;
    const std::int64_t high = last ? std::max(highest_, low + step_) : low + step_;
    const std::int64_t precision = last ? std::min<std::int64_t>(step_, 100) : step_;
    return kilo_text(low, precision) + "-" + kilo_text(high, precision);
}

}  // namespace usagectl::plot
