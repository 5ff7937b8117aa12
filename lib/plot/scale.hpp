// SPDX-License-Identifier: MIT
// Axes: round steps, labels in kilo-units, and ticks at the times people think in.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/zone.hpp"

namespace usagectl::plot {

// The smallest of 1, 2, 5, 10, 20, 50, … that is not below `least`; `fine` adds 3, 4, 6 and 8.
[[nodiscard]] std::int64_t nice_step(std::int64_t least, bool fine = false);

// From zero to `top`, a multiple of `step`, with at most `most` steps.
struct ValueAxis {
    std::int64_t step = 1;
    std::int64_t top = 1;
};
[[nodiscard]] ValueAxis value_axis(std::int64_t highest, std::int64_t most);

// Thousands of a unit with as many decimals as multiples of `step` need: 1500 in steps of 500 is
// "1.5", of 1000 and up "2" without.
[[nodiscard]] std::string kilo_text(std::int64_t value, std::int64_t step);

struct TimeTick {
    Instant at{};
    std::string label;
};
// At most `most` ticks in [from, to): every so many hours (`06:00`, a midnight within as `06-07`),
// days (`06-07`) or months (`2025-06`) of local time. A tick that the clock skips is left out.
[[nodiscard]] std::vector<TimeTick>
time_ticks(Instant from, Instant to, const Zone& zone, std::int64_t most);

// `2025-06-07 17:15` local.
[[nodiscard]] std::string local_text(Instant at, const Zone& zone);
// `2025-06-07` or `2025-06-07 to 2025-06-09`: the local days of [from, to).
[[nodiscard]] std::string span_text(Instant from, Instant to, const Zone& zone);

}  // namespace usagectl::plot
