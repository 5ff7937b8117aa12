// SPDX-License-Identifier: MIT
#include "plot/heat_map.hpp"

#include <catch2/catch.hpp>

#include "plot/drawings.hpp"
#include "plot/heat_grid.hpp"
#include "plot/text.hpp"

namespace usagectl::plot {
namespace {

TEST_CASE("a heat map has a row per day and a legend of its shades") {
    PlotInput input = days_of("2025-06-06", 2, 100, 60);
    input.intervals[7].wh = 1000;
    for (std::size_t at = 17; at < 21; ++at) {
        input.intervals[at].wh = 2000;
        input.intervals[24 + at].wh = 1500;
    }
    make_missing(input.intervals, 24, 2);
    CHECK(
        joined(heat_map(input, {40, 0, true, false})) == "a title\n"
                                                         "           00 03 06 09 12 15 18 21\n"
                                                         "2025-06-06        ▒         ████\n"
                                                         "2025-06-07 ··               ▓▓▓▓\n"
                                                         "kW:  [ ] 0.0-0.4  [░] 0.4-0.8\n"
                                                         "[▒] 0.8-1.2  [▓] 1.2-1.6  [█] 1.6-2.0\n"
                                                         "[·] missing  America/Chicago\n"
    );
    CHECK(
        joined(heat_map(input, {40, 0, false, false})) == "a title\n"
                                                          "           00 03 06 09 12 15 18 21\n"
                                                          "2025-06-06        :         ####\n"
                                                          "2025-06-07 ??               ++++\n"
                                                          "kW:  [ ] 0.0-0.4  [.] 0.4-0.8\n"
                                                          "[:] 0.8-1.2  [+] 1.2-1.6  [#] 1.6-2.0\n"
                                                          "[?] missing  America/Chicago\n"
    );
}

TEST_CASE("a heat map says which days the clock changed and what it did") {
    const auto spring = heat_map(days_of("2025-03-09", 1, 100, 60), {40, 0, false, false});
    CHECK(spring[2] == "2025-03-09 ##~##################### 23h");
    CHECK(spring.back() == "2025-03-09 has no 02:00");
    PlotInput input = days_of("2025-11-02", 1, 100, 60);
    input.intervals[1].wh = 0;  // the first of the two hours; the second keeps its 100
    const auto fall = heat_map(input, {40, 0, false, false});
    CHECK(fall[2] == "2025-11-02 #:###################### 25h");
    CHECK(fall.back() == "2025-11-02 has 01:00 twice, the average ");
}

TEST_CASE("a wide terminal shows half and quarter hours, where the data has them") {
    struct Row {
        int width, minutes;
        std::size_t columns;
    };
    const Row rows[] = {
        {40, 15, 24},
        {62, 15, 24 * 1},
        {63, 15, 48},
        {110, 15, 48},
        {111, 15, 96},
        {250, 15, 192},
        {111, 30, 96},
        {111, 60, 96},
        {100, 60, 72},
    };
    for (const Row& row : rows) {
        CAPTURE(row.width, row.minutes);
        const auto lines =
            heat_map(days_of("2025-06-06", 1, 900, row.minutes), {row.width, 0, false, false});
        CHECK(lines[2] == "2025-06-06 " + std::string(row.columns, '#'));
    }
}

TEST_CASE("long spans are condensed to weeks and to months") {
    struct Row {
        int days;
        Period period;
        std::size_t rows;
        std::string_view first;
    };
    const Row rows[] = {
        {60, Period::day, 60, "2025-01-01"},
        {61, Period::week, 9, "2024-12-30"},
        {400, Period::week, 58, "2024-12-30"},
        {420, Period::month, 14, "2025-01-01"},
    };
    for (const Row& row : rows) {
        const HeatGrid grid = heat_grid(days_of("2025-01-01", row.days, 10, 60), 24, 60);
        CHECK(grid.period == row.period);
        CHECK(grid.rows.size() == row.rows);
        CHECK(format_day(grid.rows[0].first) == row.first);
    }
    const auto lines = heat_map(days_of("2025-01-01", 420, 10, 60), {80, 0, false, false});
    CHECK(lines[1].substr(0, 8) == "month   ");
    CHECK(lines[2].substr(0, 8) == "2025-01 ");
}

TEST_CASE("a cell is the mean power of what is known in it") {
    PlotInput input = days_of("2025-06-06", 1, 100);
    input.intervals[0].wh = 300;
    make_missing(input.intervals, 2, 2);
    make_missing(input.intervals, 4, 4);
    const HeatGrid hours = heat_grid(input, 24, 60);
    CHECK(hours.rows[0].cells[0].watts == 800);
    CHECK(hours.rows[0].cells[1].state == CellState::missing);
    CHECK(hours.rows[0].cells[2].watts == 400);
    CHECK(hours.highest == 800);
    // An hour over quarter-hour cells spreads evenly.
    const HeatGrid quarters = heat_grid(days_of("2025-06-06", 1, 400, 60), 96, 60);
    for (const HeatCell& cell : quarters.rows[0].cells) {
        CHECK(cell.watts == 400);
    }
}

TEST_CASE("one absurd value does not flatten all others") {
    PlotInput input = days_of("2025-06-06", 3, 0);
    for (std::size_t at = 0; at < input.intervals.size(); ++at) {
        input.intervals[at].wh = 50 * static_cast<std::int64_t>(at % 10);
    }
    input.intervals[3].wh = 90'000'000;
    const HeatGrid grid = heat_grid(input, 96, 60);
    const HeatLevels levels(grid, 5);
    CHECK(levels.step() == 400);
    CHECK(levels.of(0) == 0);
    CHECK(levels.of(399) == 0);
    CHECK(levels.of(400) == 1);
    CHECK(levels.of(360'000'000) == 4);
    CHECK(levels.text(4) == "1.6-360000.0");
}

TEST_CASE("no line of a heat map is wider than asked, in whatever it draws") {
    for (const PlotInput& input : odd_inputs()) {
        for (const int width : {0, 40, 63, 80, 111, 250, 900}) {
            for (const bool unicode : {false, true}) {
                const int allowed = std::clamp(width, least_width, most_width);
                for (const std::string& line : heat_map(input, {width, 0, unicode, unicode})) {
                    CHECK(display_width(line) <= allowed);
                }
            }
        }
    }
}

}  // namespace
}  // namespace usagectl::plot
