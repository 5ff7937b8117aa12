// SPDX-License-Identifier: MIT
// A heat map for the terminal: a row per local day (week or month over long spans), hours, half or
// quarter hours across, in five shades that read without colour, with a legend of their ranges.
#pragma once

#include <string>
#include <vector>

#include "plot/input.hpp"

namespace usagectl::plot {

// More days than this are drawn as weeks, more weeks as months.
inline constexpr std::size_t most_heat_rows = 60;

[[nodiscard]] std::vector<std::string> heat_map(const PlotInput& input, const TerminalStyle& style);

}  // namespace usagectl::plot
