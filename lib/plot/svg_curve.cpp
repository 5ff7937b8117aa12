// SPDX-License-Identifier: MIT
#include <algorithm>

#include <fmt/format.h>

#include "plot/samples.hpp"
#include "plot/scale.hpp"
#include "plot/svg_layout.hpp"

namespace usagectl::plot {

namespace {

constexpr std::size_t most_columns = 860;

class CurvePanel {
public:
    CurvePanel(const PlotInput& input, SvgCanvas& canvas)
        : zone_(*input.zone)
        , canvas_(canvas)
        , samples_(samples_of(input))
        , axis_(value_axis(samples_.highest, 5))
        , columns_(columns_of(samples_, std::min(samples_.items.size(), most_columns))) {}

    void draw() {
        canvas_.text(left, curve_top - 140, samples_.unit(), Anchor::start, "head");
        value_grid();
        time_grid();
        curve();
    }

private:
    [[nodiscard]] Tenths y_of(std::int64_t value) const {
        return curve_bottom - value * curve_height / axis_.top;
    }
    [[nodiscard]] Tenths x_of(Instant at) const {
        const Instant from = samples_.items.front().start;
        const auto span = (samples_.items.back().end - from).count();
        return left + (at - from).count() * across / span;
    }

    [[nodiscard]] Tenths x(std::size_t column) const {
        return left + static_cast<Tenths>(column) * across / static_cast<Tenths>(columns_.size());
    }

    void value_grid() {
        for (std::int64_t value = 0; value <= axis_.top; value += axis_.step) {
            canvas_.line(left, y_of(value), right, y_of(value), value == 0 ? "axis" : "grid");
            canvas_.text(left - 100, y_of(value) + 42, kilo_text(value, axis_.step), Anchor::end);
        }
    }

    void time_grid() {
        const Instant from = samples_.items.front().start;
        const Instant to = samples_.items.back().end;
        for (const TimeTick& tick : time_ticks(from, to, zone_, 12)) {
            const Tenths x = x_of(tick.at);
            canvas_.line(x, curve_top, x, curve_bottom, "grid");
            canvas_.line(x, curve_bottom, x, curve_bottom + 50, "axis");
            canvas_.text(x, curve_bottom + 220, tick.label, Anchor::middle);
        }
    }

    // Columns [first, last) for which `holds`, as spans of x.
    template <class Holds, class Visit>
    void each_span(Holds holds, Visit visit) const {
        for (std::size_t at = 0; at < columns_.size(); ++at) {
            const std::size_t first = at;
            while (at < columns_.size() && holds(columns_[at])) {
                ++at;
            }
            if (at > first) {
                visit(first, at);
            }
        }
    }

    void curve() {
        std::string line, area, band;
        each_span(
            [](const Column& c) { return c.present; },
            [&](auto first, auto last) {
                const std::string steps = staircase(first, last);
                line += "M" + steps;
                area += fmt::format("M{0} {1}L{2}V{1}Z", px(x(first)), px(curve_bottom), steps);
                band += range(first, last);
            }
        );
        each_span(
            [](const Column& c) { return !c.present; },
            [&](auto first, auto last) {
                canvas_.rect(x(first), curve_top, x(last) - x(first), curve_height, "missing");
            }
        );
        strip(&Column::estimated, "estimated");
        strip(&Column::missing, "missing");
        canvas_.path(area, "area");
        canvas_.path(band, "band");
        canvas_.path(line, "line");
    }

    // Below the axis, so that it shows where a column with a value hides it.
    void strip(bool Column::*marked, std::string_view style) {
        each_span(
            [&](const Column& column) { return column.*marked; },
            [&](auto first, auto last) {
                canvas_.rect(x(first), curve_bottom + 10, x(last) - x(first), 40, style);
            }
        );
    }

    // "x y" of the first step, then H and V to the end of the last.
    [[nodiscard]] std::string staircase(std::size_t first, std::size_t last) const {
        std::string steps = px(x(first)) + " " + px(y_of(columns_[first].mean));
        for (std::size_t at = first; at < last; ++at) {
            if (at > first) {
                steps += "V" + px(y_of(columns_[at].mean));
            }
            steps += "H" + px(x(at + 1));
        }
        return steps;
    }

    // From the lowest to the highest value of columns that hold several.
    [[nodiscard]] std::string range(std::size_t first, std::size_t last) const {
        std::string path;
        for (std::size_t at = first; at < last; ++at) {
            const Column& column = columns_[at];
            if (column.low != column.high) {
                path += fmt::format(
                    "M{} {}H{}V{}H{}Z",
                    px(x(at)),
                    px(y_of(column.high)),
                    px(x(at + 1)),
                    px(y_of(column.low)),
                    px(x(at))
                );
            }
        }
        return path;
    }

    const Zone& zone_;
    SvgCanvas& canvas_;
    Samples samples_;
    ValueAxis axis_;
    std::vector<Column> columns_;
};

}  // namespace

void draw_curve_panel(const PlotInput& input, SvgCanvas& canvas) {
    CurvePanel(input, canvas).draw();
}

}  // namespace usagectl::plot
