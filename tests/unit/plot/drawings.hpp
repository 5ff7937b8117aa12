// SPDX-License-Identifier: MIT
// Inputs for the drawings' tests.
#pragma once

#include <string>
#include <vector>

#include "meter/series_builder.hpp"
#include "plot/input.hpp"

namespace usagectl::plot {

inline const Zone& chicago() {
    return meter::zone_named("America/Chicago");
}

inline PlotInput days_of(std::string_view first, int days, std::int64_t wh, int minutes = 15) {
    PlotInput input;
    input.title = "a title";
    input.meter = "10443720990000001";
    input.zone = &chicago();
    input.minutes = minutes;
    input.intervals = meter::series_of_days(chicago(), meter::day_named(first), days, wh, minutes);
    return input;
}

inline std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
        text += line + "\n";
    }
    return text;
}

// What hostile or unlucky data looks like: each must be drawn, none may break a line.
inline std::vector<PlotInput> odd_inputs() {
    std::vector<PlotInput> inputs;
    inputs.push_back(days_of("2025-06-06", 1, 0));
    inputs.push_back(days_of("2025-06-06", 1, meter::max_interval_wh));
    inputs.push_back(days_of("2025-11-01", 3, 1, 60));
    inputs.push_back(days_of("2025-03-08", 3, 77, 5));
    inputs.push_back(days_of("2025-01-01", 100, 250));
    inputs.push_back(days_of("2015-01-01", 4000, 900, 60));
    inputs.push_back(days_of("2025-06-06", 1, 10));
    make_missing(inputs.back().intervals, 0, 96);
    inputs.push_back(days_of("2025-06-06", 1, 10));
    inputs.back().intervals.resize(1);
    inputs.push_back(days_of("2025-06-06", 1, 10));
    inputs.back().intervals.clear();
    inputs.push_back(days_of("2025-06-06", 2, 500));
    inputs.back().intervals[50].wh = 90'000'000;
    inputs.back().intervals[60].quality = meter::Quality::estimated;
    make_missing(inputs.back().intervals, 100, 7);
    inputs.back().title =
        "\x1b[31mred\x07 \xFF \xE6\x97\xA5\xE6\x9C\xAC & <b> " + std::string(300, 'x');
    return inputs;
}

}  // namespace usagectl::plot
