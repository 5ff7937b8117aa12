// SPDX-License-Identifier: MIT
// The validations of meter/validation.hpp over stored usage.
#pragma once

#include <vector>

#include "app/usage.hpp"
#include "meter/validation.hpp"

namespace usagectl::app {

struct QualityAnswer {
    UsageAnswer usage;  // the days reported on
    std::vector<meter::Finding> findings;
};

// Days before the range are read as history to compare with. Errors: as show_usage.
[[nodiscard]] Result<QualityAnswer> usage_quality(
    Store& store, const UsageQuestion& question, const meter::QualityLimits& limits, Instant now
);

}  // namespace usagectl::app
