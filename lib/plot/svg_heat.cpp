// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "plot/heat_grid.hpp"
#include "plot/scale.hpp"
#include "plot/svg_layout.hpp"

namespace usagectl::plot {

namespace {

constexpr Tenths heat_height = 4200;  // at most, unless rows get too thin
constexpr Tenths thinnest_row = 20;
constexpr Tenths thickest_row = 220;
constexpr std::size_t most_rows = heat_height / thinnest_row;

class HeatPanel {
public:
    HeatPanel(const PlotInput& input, SvgCanvas& canvas)
        : canvas_(canvas)
        , grid_(make_grid(input))
        , levels_(grid_, static_cast<int>(shades.size())) {}

    Tenths draw() {
        constexpr std::array<const char*, 3> periods{
            "", ", average of each week", ", average of each month"};
        canvas_.text(
            left,
            heat_top - 400,
            fmt::format("kW by time of day{}", periods[static_cast<std::size_t>(grid_.period)]),
            Anchor::start,
            "head"
        );
        for (int hour = 0; hour <= 24; hour += 3) {
            canvas_.text(
                left + across * hour / 24,
                heat_top - 110,
                fmt::format("{:02}:00", hour),
                Anchor::middle
            );
        }
        const auto count = static_cast<Tenths>(grid_.rows.size());
        // Whole pixels, so that no seams show between rows.
        const Tenths row_height =
            std::clamp(heat_height / count / 10 * 10, thinnest_row, thickest_row);
        cells(row_height);
        row_labels(row_height);
        Tenths y = heat_top + row_height * count + 300;
        legend(y);
        for (const std::string& note : grid_.notes) {
            canvas_.text(left, y + 270, note, Anchor::start);
            y += 180;
        }
        return y + 260;
    }

private:
    static HeatGrid make_grid(const PlotInput& input) {
        const std::size_t finest = input.minutes <= 15 ? 96 : input.minutes <= 30 ? 48 : 24;
        HeatGrid grid = heat_grid(input, finest, most_rows);
        // Hundreds of rows leave no room for quarter hours, and their file would be large.
        return grid.rows.size() > 62 && finest > 48 ? heat_grid(input, 48, most_rows) : grid;
    }

    // One path per shade, one rectangle per run of cells of a row.
    void cells(Tenths row_height) {
        std::array<std::string, shades.size() + 1> paths;  // the last is for missing
        for (std::size_t row = 0; row < grid_.rows.size(); ++row) {
            const auto& line = grid_.rows[row].cells;
            const Tenths y = heat_top + static_cast<Tenths>(row) * row_height;
            for (std::size_t at = 0; at < line.size();) {
                const std::size_t first = at;
                const std::optional<std::size_t> shade = shade_of(line[at]);
                while (at < line.size() && shade_of(line[at]) == shade) {
                    ++at;
                }
                if (shade) {
                    paths[*shade] += cell_path(first, at, y, row_height);
                }
            }
        }
        for (std::size_t shade = 0; shade < paths.size(); ++shade) {
            canvas_.path(
                paths[shade], shade == shades.size() ? "missing" : "h" + std::to_string(shade)
            );
        }
    }

    [[nodiscard]] std::optional<std::size_t> shade_of(const HeatCell& cell) const {
        if (cell.state == CellState::known) {
            return static_cast<std::size_t>(levels_.of(cell.watts));
        }
        return cell.state == CellState::missing ? std::optional(shades.size()) : std::nullopt;
    }

    [[nodiscard]] std::string
    cell_path(std::size_t first, std::size_t last, Tenths y, Tenths row_height) const {
        const auto x = [&](std::size_t slot) {
            return left + static_cast<Tenths>(slot) * across / static_cast<Tenths>(grid_.slots);
        };
        // Thick rows are parted by a hair.
        const Tenths height = row_height - (row_height > 60 ? 10 : 0);
        return fmt::format(
            "M{} {}H{}v{}H{}Z", px(x(first)), px(y), px(x(last)), px(height), px(x(first))
        );
    }

    void row_labels(Tenths row_height) {
        const std::size_t every = static_cast<std::size_t>((150 + row_height - 1) / row_height);
        for (std::size_t row = 0; row < grid_.rows.size(); ++row) {
            const Tenths y = heat_top + static_cast<Tenths>(row) * row_height + row_height / 2 + 42;
            const std::string day = format_day(grid_.rows[row].first);
            if (row % every == 0) {
                canvas_.text(
                    left - 100,
                    y,
                    grid_.period == Period::month ? day.substr(0, 7) : day,
                    Anchor::end
                );
            }
            if (!grid_.rows[row].note.empty()) {
                canvas_.text(right + 60, y, grid_.rows[row].note, Anchor::start);
            }
        }
    }

    void legend(Tenths y) {
        constexpr Tenths swatch = 480;
        Tenths x = left;
        for (std::size_t level = 0; level < shades.size(); ++level) {
            canvas_.rect(x, y - 190, swatch, 110, "h" + std::to_string(level));
            canvas_.text(
                x,
                y + 60,
                kilo_text(levels_.step() * static_cast<std::int64_t>(level), levels_.step()),
                Anchor::middle
            );
            x += swatch;
        }
        canvas_.text(
            x + 80, y - 95, levels_.text(static_cast<int>(shades.size()) - 1) + " kW", Anchor::start
        );
        if (grid_.any_missing) {
            canvas_.rect(right - 660, y - 190, 110, 110, "missing");
            canvas_.text(right, y - 95, "missing", Anchor::end);
        }
    }

    SvgCanvas& canvas_;
    HeatGrid grid_;
    HeatLevels levels_;
};

}  // namespace

Tenths draw_heat_panel(const PlotInput& input, SvgCanvas& canvas) {
    return HeatPanel(input, canvas).draw();
}

}  // namespace usagectl::plot
