// SPDX-License-Identifier: MIT
// A load curve for the terminal, in braille dots or ASCII: kW over local time, or kWh a day when
// the span is long. Columns that hold several values show their whole range, so that no peak is
// lost. What is missing is shaded, never drawn as zero.
#pragma once

#include <string>
#include <vector>

#include "plot/input.hpp"

namespace usagectl::plot {

[[nodiscard]] std::vector<std::string> curve(const PlotInput& input, const TerminalStyle& style);

}  // namespace usagectl::plot
