// SPDX-License-Identifier: MIT
// A load curve and a heat map as one standalone SVG document: no scripts, no outside resources, a
// palette that colour-blind readers tell apart, light or dark as the viewer prefers. Coordinates
// are whole tenths of a pixel; the same input gives the same bytes.
#pragma once

#include <string>

#include "plot/input.hpp"

namespace usagectl::plot {

[[nodiscard]] std::string svg(const PlotInput& input);

}  // namespace usagectl::plot
