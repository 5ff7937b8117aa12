// SPDX-License-Identifier: MIT
// The values a curve goes through: mean power of each interval, or, over more than 31 days, the
// energy of each local day. And how they fall into the columns of a drawing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "plot/input.hpp"

namespace usagectl::plot {

struct Sample {
    Instant start{};
    Instant end{};
    std::int64_t value = 0;  // W, or Wh of the day
    bool present = false;    // has a value
    bool missing = false;    // lacks an interval (a day may lack some and still have a value)
    bool estimated = false;
};

enum class Measure : std::uint8_t { power, daily_energy };

struct Samples {
    Measure measure = Measure::power;
    std::vector<Sample> items;
    std::int64_t highest = 0;

    [[nodiscard]] const char* unit() const {
        return measure == Measure::power ? "kW" : "kWh a day";
    }
};
[[nodiscard]] Samples samples_of(const PlotInput& input);

// Everything that falls into one of equally long columns. A column that is shorter than a sample
// shows the sample around its middle.
struct Column {
    std::int64_t low = 0;
    std::int64_t high = 0;
    std::int64_t mean = 0;
    bool present = false;
    bool missing = false;
    bool estimated = false;
};
[[nodiscard]] std::vector<Column> columns_of(const Samples& samples, std::size_t count);

// Facts under a drawing: total, peak with its time, missing and estimated intervals if any.
struct Summary {
    std::string total;      // "total 12.345 kWh"
    std::string peak;       // "peak 2.345 kW at 2025-06-07 17:15"; empty without a value
    std::string missing;    // "4 of 96 missing"; empty when complete
    std::string estimated;  // "12 estimated"; empty when there are none
};
[[nodiscard]] Summary summary_of(const PlotInput& input);

}  // namespace usagectl::plot
