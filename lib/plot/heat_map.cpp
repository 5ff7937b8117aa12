// SPDX-License-Identifier: MIT
#include "plot/heat_map.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plot/heat_grid.hpp"
#include "plot/text.hpp"

namespace usagectl::plot {

namespace {

constexpr int shade_count = 5;

struct Shades {
    const char* level[shade_count];
    const char *missing, *skipped;
};
constexpr Shades unicode_shades{{" ", "░", "▒", "▓", "█"}, "·", "╌"};
constexpr Shades ascii_shades{{" ", ".", ":", "+", "#"}, "?", "~"};

// Blue to yellow by way of grey, in even steps of lightness: told apart by everyone.
constexpr int level_colors[shade_count] = {17, 60, 102, 143, 221};
constexpr int missing_color = 244;

constexpr int label_width = 11;  // "2025-06-07 "
constexpr int note_width = 4;    // " 25h"

class HeatMap {
public:
    HeatMap(const PlotInput& input, const TerminalStyle& style)
        : input_(input)
        , shades_(style.unicode ? unicode_shades : ascii_shades)
        , color_(style.color)
        , width_(std::clamp(style.width, least_width, most_width))
        , grid_(heat_grid(input, slots_across(), most_heat_rows))
        , levels_(grid_, shade_count)
        , cell_width_((width_ - label_width - note_width) / static_cast<int>(grid_.slots)) {}

    std::vector<std::string> lines() {
        lines_.push_back(clip(input_.title, width_));
        if (grid_.rows.empty()) {
            lines_.emplace_back("no intervals");
            return std::move(lines_);
        }
        lines_.push_back(header());
        for (const HeatRow& row : grid_.rows) {
            lines_.push_back(drawn(row));
        }
        for (std::string& line : wrap(legend(), width_)) {
            lines_.push_back(std::move(line));
        }
        for (const std::string& note : grid_.notes) {
            lines_.push_back(clip(note, width_));
        }
        return std::move(lines_);
    }

private:
    // The finest of quarter hours, half hours and hours that fits and that the data has.
    [[nodiscard]] std::size_t slots_across() const {
        const int room = width_ - label_width - note_width;
        return room >= 96 && input_.minutes <= 15   ? 96
               : room >= 48 && input_.minutes <= 30 ? 48
                                                    : 24;
    }

    [[nodiscard]] std::string header() const {
        const char* names[] = {"", "week of", "month"};
        std::string line =
            fmt::format("{:<{}}", names[static_cast<int>(grid_.period)], label_width);
        const int hour_width = cell_width_ * static_cast<int>(grid_.slots) / 24;
        const int every = hour_width == 1 ? 3 : hour_width < 4 ? 2 : 1;
        for (int hour = 0; hour < 24; hour += every) {
            line += fmt::format("{:02}{:{}}", hour, "", hour_width * every - 2);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        return line;
    }

    [[nodiscard]] std::string drawn(const HeatRow& row) const {
        const std::string day = format_day(row.first);
        std::string text = fmt::format(
            "{:<{}}", grid_.period == Period::month ? day.substr(0, 7) : day, label_width
        );
        int color = 0;
        for (const HeatCell& cell : row.cells) {
            const int wanted = cell.state == CellState::known ? level_colors[levels_.of(cell.watts)]
                                                              : missing_color;
            if (color_ && wanted != color) {
                text += fmt::format("\x1b[38;5;{}m", wanted);
                color = wanted;
            }
            for (int column = 0; column < cell_width_; ++column) {
                text += glyph(cell);
            }
        }
        text += color == 0 ? "" : "\x1b[0m";
        text += row.note.empty() ? "" : " " + row.note;
        text.erase(text.find_last_not_of(' ') + 1);
        return text;
    }

    [[nodiscard]] const char* glyph(const HeatCell& cell) const {
        switch (cell.state) {
        case CellState::known:
            return shades_.level[levels_.of(cell.watts)];
        case CellState::missing:
            return shades_.missing;
        case CellState::skipped:
            return shades_.skipped;
        case CellState::outside:
            return " ";
        }
        return " ";
    }

    [[nodiscard]] std::vector<std::string> legend() const {
        std::vector<std::string> parts{"kW:"};
        for (int level = 0; level < shade_count; ++level) {
            parts.push_back(fmt::format("[{}] {}", shades_.level[level], levels_.text(level)));
        }
        if (grid_.any_missing) {
            parts.push_back(fmt::format("[{}] missing", shades_.missing));
        }
        const bool skipped =
            std::any_of(grid_.notes.begin(), grid_.notes.end(), [](const std::string& note) {
                return note.find("has no") != std::string::npos;
            });
        if (skipped) {
            parts.push_back(fmt::format("[{}] skipped by the clock", shades_.skipped));
        }
        parts.push_back(input_.zone->name());
        return parts;
    }

    const PlotInput& input_;
    const Shades& shades_;
    bool color_;
    int width_;
    HeatGrid grid_;
    HeatLevels levels_;
    int cell_width_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> heat_map(const PlotInput& input, const TerminalStyle& style) {
    return HeatMap(input, style).lines();
}

}  // namespace usagectl::plot
