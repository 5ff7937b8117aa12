// SPDX-License-Identifier: MIT
// The industry's validations (DASMMD Attachment VEE, UBP vol. 2) over stored intervals. Pure: the
// same series, limits and instant give the same findings. Whole numbers only.
//
// What storage already excludes is not checked here: a negative, duplicate, misaligned or
// over-large interval is a reject of `ingest`, with its line, and time tolerance needs the meter's
// clock.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

enum class Check : std::uint8_t {
    gap,              // values are missing
    partial_day,      // a day holds some of its intervals: ERCOT refuses it (load result 03)
    interval_length,  // the length of intervals changes
    future,           // a value for a time that has not come
    estimated,        // estimation goes on for too long
    zero,             // a long run of zeros
    stuck,            // a long run of one actual, non-zero value
    spike,            // one interval stands far above the others of its day
    high,             // a day far above the days before it
    low,              // a day far below them
    sum,              // intervals and register reads disagree
};
[[nodiscard]] std::string_view to_string(Check check);  // as the enumerator

enum class Severity : std::uint8_t { notice, warning, error };
[[nodiscard]] std::string_view to_string(Severity severity);

struct Finding {
    Check check = Check::gap;
    Severity severity = Severity::notice;
    Instant start{};
    Instant end{};
    std::string detail;  // one sentence with the figures and the limit
};

// A figure that must not be exceeded is good when it equals its limit; a run that is reported is
// reported from its length on.
struct QualityLimits {
    std::int64_t max_gap_intervals = 0;
    // (highest - third highest) / third highest of a day. The floor stands in for a smaller third
    // highest, so that one appliance in an idle home is no spike and 50 kWh there still is.
    std::int64_t spike_percent = 180;
    std::int64_t spike_floor_wh = 500;
    // A complete day, in percent of the average complete day among the days before it.
    std::int64_t high_percent = 300;
    std::int64_t low_percent = 10;
    std::int64_t average_days = 14;
    std::int64_t average_min_days = 3;
    std::int64_t zero_intervals = 96;        // reported from this many on
    std::int64_t stuck_intervals = 12;       // reported from this many on
    std::int64_t estimated_intervals = 192;  // reported above this many
    // Interval sum against register difference: two counts of a whole-kWh register, times the
    // meter's multiplier, which the caller applies.
    std::int64_t sum_tolerance_wh = 2000;
};

// A reading of the meter's cumulative register.
struct RegisterReading {
    Instant at{};
    std::int64_t wh = 0;
};

struct QualityInput {
    std::span<const SeriesInterval> series =
        {};  // of one meter and channel, as assemble_series gives it
    const Zone* zone = nullptr;
    // Intervals before it are history: compared against, never reported on. Findings do not reach
    // back beyond it.
    Instant report_from{};
    // Values after it are future; holes after it are not yet gaps.
    Instant now = Instant::max();
    std::span<const RegisterReading> registers = {};  // in any order; none: no sum check
};

// Ascending by start, then by check.
[[nodiscard]] std::vector<Finding> validate(const QualityInput& input, const QualityLimits& limits);

}  // namespace usagectl::meter
