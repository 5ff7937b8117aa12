// SPDX-License-Identifier: MIT
// Mean power by day and time of day, what a heat map draws. Rows are local days; weeks or months
// when there are too many. On days when the clock changes, a skipped time has a cell that says so
// and a repeated one the mean of both.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plot/input.hpp"

namespace usagectl::plot {

enum class CellState : std::uint8_t {
    outside,  // not asked about
    skipped,  // the clock never showed this time on this day
    missing,  // asked about, no value
    known,
};

struct HeatCell {
    CellState state = CellState::outside;
    std::int64_t watts = 0;
};

struct HeatRow {
    LocalDay first{};  // the first day of the period
    std::string note;  // "23h" or "25h" on a day of that length
    std::vector<HeatCell> cells;
};

enum class Period : std::uint8_t { day, week, month };

struct HeatGrid {
    Period period = Period::day;
    std::size_t slots = 24;  // of a day
    std::vector<HeatRow> rows;
    std::int64_t highest = 0;
    bool any_missing = false;
    // "2025-11-02 has 01:00 twice, the average is shown", one for each change of the clock.
    std::vector<std::string> notes;
};

// `slots` divides a day's 1440 minutes. The period is the shortest that makes at most `most_rows`
// rows, months at the longest.
[[nodiscard]] HeatGrid heat_grid(const PlotInput& input, std::size_t slots, std::size_t most_rows);

// Shades of equal steps from zero. Only a twentieth of the cells, or fewer, lie above where the
// scale would end, and have the last shade: one absurd value does not flatten all others.
class HeatLevels {
public:
    HeatLevels(const HeatGrid& grid, int count);
    [[nodiscard]] int count() const { return count_; }
    [[nodiscard]] std::int64_t step() const { return step_; }
    [[nodiscard]] int of(std::int64_t watts) const;
    // In kW: "0.4-0.6", or "0.8-2.3" up to the highest for the last.
    [[nodiscard]] std::string text(int level) const;

private:
    int count_;
    std::int64_t step_ = 1;
    std::int64_t highest_;
};

}  // namespace usagectl::plot
