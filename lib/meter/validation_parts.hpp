// SPDX-License-Identifier: MIT
// The parts of meter/validation.hpp. Each appends what it finds, in no particular order.
#pragma once

#include <vector>

#include "meter/validation.hpp"

namespace usagectl::meter {

// Runs of intervals: gap, future, estimated, zero, stuck; and interval_length.
void check_runs(
    const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
);

// Within a local day and between days: partial_day, spike, high, low.
void check_days(
    const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
);

}  // namespace usagectl::meter
