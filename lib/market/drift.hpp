// SPDX-License-Identifier: MIT
// How far the on-demand values of a day were from what was settled in the end: what a balance told
// to a customer from raw data was worth.
#pragma once

#include <cstdint>

#include "meter/day_block.hpp"

namespace usagectl::market {

struct Drift {
    std::int32_t intervals = 0;  // that both hold
    std::int32_t differing = 0;  // of these, with another value
    std::int64_t raw_wh = 0;     // over them
    std::int64_t vee_wh = 0;

    // Positive: raw told of more than was settled.
    [[nodiscard]] std::int64_t difference_wh() const { return raw_wh - vee_wh; }
    bool operator==(const Drift&) const = default;
};

// Compares the intervals that both blocks have a value for: same start, same length. Blocks of
// different interval lengths have none in common; nothing is split or spread.
[[nodiscard]] Drift drift(const meter::DayBlock& vee, const meter::DayBlock& raw);

}  // namespace usagectl::market
