// SPDX-License-Identifier: MIT
#include "plot/curve.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "plot/samples.hpp"
#include "plot/scale.hpp"
#include "plot/text.hpp"

namespace usagectl::plot {

namespace {

// What the drawing is made of, in either character set.
struct Glyphs {
    int dots_across, dots_down;  // of one character
    const char *tick, *side, *corner, *axis, *axis_tick, *axis_missing, *axis_estimated, *shade;
};
constexpr Glyphs unicode_glyphs{2, 4, "┤", "│", "└", "─", "┬", "░", "╌", "░"};
constexpr Glyphs ascii_glyphs{1, 1, "+", "|", "+", "-", "+", "?", "e", ":"};

constexpr int line_color = 33;
constexpr int estimated_color = 208;
constexpr int shade_color = 244;

// A character of the drawing: dots, or shade where nothing is known.
struct Cell {
    unsigned dots = 0;
    bool shade = false;
    bool estimated = false;
};

// Bits of U+2800, by row and column of the dot (Unicode 15, section 21.1).
constexpr unsigned braille_bits[4][2] = {{0x01, 0x08}, {0x02, 0x10}, {0x04, 0x20}, {0x40, 0x80}};

std::string braille(unsigned dots) {
    const unsigned code = 0x2800 + dots;
    return {
        static_cast<char>(0xE0U | code >> 12U),
        static_cast<char>(0x80U | (code >> 6U & 0x3FU)),
        static_cast<char>(0x80U | (code & 0x3FU)),
    };
}

class Curve {
public:
    Curve(const PlotInput& input, const TerminalStyle& style)
        : input_(input)
        , glyphs_(style.unicode ? unicode_glyphs : ascii_glyphs)
        , unicode_(style.unicode)
        , color_(style.color)
        , width_(std::clamp(style.width, least_width, most_width))
        , rows_(std::clamp(style.height, least_height, most_height))
        , samples_(samples_of(input))
        , axis_(value_axis(samples_.highest, std::max(1, rows_ / 3))) {
        for (std::int64_t value = 0; value <= axis_.top; value += axis_.step) {
            gutter_ = std::max(gutter_, display_width(kilo_text(value, axis_.step)));
        }
        gutter_ += 1;
        across_ = std::max(1, width_ - gutter_ - 1);
    }

    std::vector<std::string> lines() {
        add(clip(input_.title, width_));
        if (samples_.items.empty()) {
            add("no intervals");
            return std::move(lines_);
        }
        draw();
        add(samples_.unit());
        for (int row = 0; row < rows_; ++row) {
            add(label(row) + drawn(row));
        }
        time_axis();
        facts();
        return std::move(lines_);
    }

private:
    void add(std::string line) { lines_.push_back(std::move(line)); }

    [[nodiscard]] int height_of(std::int64_t value) const {
        const int top = rows_ * glyphs_.dots_down - 1;
        return static_cast<int>((value * top * 2 + axis_.top) / (axis_.top * 2));
    }

    // Fills the grid. Neighbouring columns are joined, so that the curve is one line.
    void draw() {
        columns_ = columns_of(samples_, static_cast<std::size_t>(across_ * glyphs_.dots_across));
        grid_.assign(static_cast<std::size_t>(rows_ * across_), {});
        const Column* before = nullptr;
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            const Column& column = columns_[at];
            if (column.present) {
                int low = height_of(column.low);
                int high = height_of(column.high);
                if (before != nullptr) {
                    low = std::min(low, height_of(before->high) + 1);
                    high = std::max(high, height_of(before->low) - 1);
                }
                stroke(at, low, high, column.estimated);
            }
            before = column.present ? &column : nullptr;
        }
        for (int cell = 0; cell < across_; ++cell) {
            if (all_of_cell(cell, [](const Column& c) { return !c.present; })) {
                for (int row = 0; row < rows_; ++row) {
                    cell_at(row, cell).shade = true;
                }
            }
        }
    }

    void stroke(std::size_t column, int low, int high, bool estimated) {
        const int cell = static_cast<int>(column) / glyphs_.dots_across;
        const std::size_t across = column % static_cast<std::size_t>(glyphs_.dots_across);
        for (int dot = low; dot <= high; ++dot) {
            const int row = rows_ - 1 - dot / glyphs_.dots_down;
            const auto down =
                static_cast<std::size_t>(glyphs_.dots_down - 1 - dot % glyphs_.dots_down);
            Cell& drawn = cell_at(row, cell);
            drawn.dots |= braille_bits[down][across];
            drawn.estimated = drawn.estimated || estimated;
        }
    }

    Cell& cell_at(int row, int cell) {
        return grid_[static_cast<std::size_t>(row * across_ + cell)];
    }

    template <class Holds>
    [[nodiscard]] bool all_of_cell(int cell, Holds holds) const {
        const auto first = columns_.begin() + cell * glyphs_.dots_across;
        return std::all_of(first, first + glyphs_.dots_across, holds);
    }
    template <class Holds>
    [[nodiscard]] bool any_of_cell(int cell, Holds holds) const {
        return !all_of_cell(cell, [&](const Column& column) { return !holds(column); });
    }

    [[nodiscard]] std::string label(int row) const {
        for (std::int64_t value = 0; value <= axis_.top; value += axis_.step) {
            if (rows_ - 1 - height_of(value) / glyphs_.dots_down == row) {
                return fmt::format("{:>{}}", kilo_text(value, axis_.step), gutter_ - 1) + " " +
                       glyphs_.tick;
            }
        }
        return std::string(static_cast<std::size_t>(gutter_), ' ') + glyphs_.side;
    }

    // A row of the grid, with one escape sequence per run of a colour, blanks trimmed.
    [[nodiscard]] std::string drawn(int row) {
        std::string text;
        int color = 0;
        int blanks = 0;
        for (int at = 0; at < across_; ++at) {
            const Cell& cell = cell_at(row, at);
            if (!cell.shade && cell.dots == 0) {
                ++blanks;
                continue;
            }
            const int wanted = cell.shade       ? shade_color
                               : cell.estimated ? estimated_color
                                                : line_color;
            text.append(static_cast<std::size_t>(blanks), ' ');
            blanks = 0;
            if (color_ && wanted != color) {
                text += fmt::format("\x1b[38;5;{}m", wanted);
                color = wanted;
            }
            text += cell.shade ? glyphs_.shade : unicode_ ? braille(cell.dots) : "*";
        }
        return color == 0 ? text : text + "\x1b[0m";
    }

    void time_axis() {
        const Instant from = samples_.items.front().start;
        const Instant to = samples_.items.back().end;
        std::string labels(static_cast<std::size_t>(width_), ' ');
        std::vector<bool> ticked(static_cast<std::size_t>(across_), false);
        int free_from = 0;
        for (const TimeTick& tick : time_ticks(from, to, *input_.zone, std::max(2, across_ / 10))) {
            const auto cell =
                static_cast<int>((tick.at - from).count() * across_ / (to - from).count());
            const int size = static_cast<int>(tick.label.size());
            const int at = std::clamp(gutter_ + 1 + cell - size / 2, 0, width_ - size);
            ticked[static_cast<std::size_t>(cell)] = true;
            if (at >= free_from) {
                labels.replace(static_cast<std::size_t>(at), tick.label.size(), tick.label);
                free_from = at + size + 2;
            }
        }
        std::string axis = std::string(static_cast<std::size_t>(gutter_), ' ') + glyphs_.corner;
        for (int cell = 0; cell < across_; ++cell) {
            const bool missing = any_of_cell(cell, [](const Column& c) { return c.missing; });
            const bool estimated = any_of_cell(cell, [](const Column& c) { return c.estimated; });
            axis += missing                                  ? glyphs_.axis_missing
                    : ticked[static_cast<std::size_t>(cell)] ? glyphs_.axis_tick
                    : estimated                              ? glyphs_.axis_estimated
                                                             : glyphs_.axis;
        }
        add(axis);
        labels.erase(labels.find_last_not_of(' ') + 1);
        add(labels);
    }

    void facts() {
        Summary summary = summary_of(input_);
        if (!summary.missing.empty()) {
            summary.missing += std::string(" ") + glyphs_.axis_missing;
        }
        if (!summary.estimated.empty()) {
            summary.estimated += std::string(" ") + glyphs_.axis_estimated;
        }
        std::vector<std::string> parts{
            summary.total, summary.peak, summary.estimated, summary.missing, input_.zone->name()};
        std::erase(parts, "");
        for (std::string& line : wrap(parts, width_)) {
            add(std::move(line));
        }
    }

    const PlotInput& input_;
    const Glyphs& glyphs_;
    bool unicode_;
    bool color_;
    int width_;
    int rows_;
    Samples samples_;
    ValueAxis axis_;
    int gutter_ = 0;  // columns left of the vertical axis
    int across_ = 0;  // columns of the drawing
    std::vector<Column> columns_;
    std::vector<Cell> grid_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> curve(const PlotInput& input, const TerminalStyle& style) {
    return Curve(input, style).lines();
}

}  // namespace usagectl::plot
