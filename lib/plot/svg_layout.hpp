// SPDX-License-Identifier: MIT
// Where things are on the page of plot/svg.hpp, in tenths of a pixel, and the panels that draw
// them.
#pragma once

#include <array>

#include "plot/input.hpp"
#include "plot/svg_canvas.hpp"

namespace usagectl::plot {

inline constexpr Tenths page_width = 9600;
inline constexpr Tenths left = 900;
inline constexpr Tenths right = page_width - 480;
inline constexpr Tenths across = right - left;
inline constexpr Tenths curve_top = 1220;
inline constexpr Tenths curve_height = 2200;
inline constexpr Tenths curve_bottom = curve_top + curve_height;
inline constexpr Tenths heat_top = curve_bottom + 980;

// Cividis (Nunez, Anderton, Renslow 2018) in ten steps: even in lightness, and the same to readers
// with and without red-green blindness. Classes h0 to h9.
inline constexpr std::array<const char*, 10> shades{
    "#00204d",
    "#00336f",
    "#39486b",
    "#575c6d",
    "#707173",
    "#8a8779",
    "#a69d75",
    "#c4b56c",
    "#e4cf5b",
    "#ffea46",
};

// Precondition of both: the input has intervals.
void draw_curve_panel(const PlotInput& input, SvgCanvas& canvas);
// Returns where the page may end.
[[nodiscard]] Tenths draw_heat_panel(const PlotInput& input, SvgCanvas& canvas);

}  // namespace usagectl::plot
