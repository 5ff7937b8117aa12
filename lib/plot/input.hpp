// SPDX-License-Identifier: MIT
// What a picture is drawn from, and how a terminal wants it. Every drawing is a pure function of
// these: the same input gives the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::plot {

struct PlotInput {
    std::string title;
    std::string meter;
    const Zone* zone = nullptr;
    std::vector<meter::SeriesInterval> intervals;  // as assemble_series gives them
    std::int32_t minutes = 15;                     // the usual length of an interval
};

// No line is wider than `width`. Widths are taken as at least 40 and at most 250 columns, heights
// as 4 to 60 rows.
struct TerminalStyle {
    int width = 80;
    int height = 12;  // rows of the curve itself
    bool unicode = true;
    bool color = false;  // 256-colour escape sequences; nothing depends on seeing them
};

inline constexpr int least_width = 40;
inline constexpr int most_width = 250;
inline constexpr int least_height = 4;
inline constexpr int most_height = 60;

}  // namespace usagectl::plot
