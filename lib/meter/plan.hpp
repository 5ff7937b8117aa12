// SPDX-License-Identifier: MIT
// The choice of the form in which a block's values are packed. It depends on the values alone, so
// that packing is canonical.
#pragma once

#include "meter/packing.hpp"

namespace usagectl::meter::packing {

struct Plan {
    Form form = Form::constant;
    std::int64_t base = 0;  // the smallest value, or the first
    int parameter = 0;      // of the day, or the lowest of any segment
    std::array<std::uint8_t, max_segments> selector{};
    std::uint64_t bits = 0;  // estimated, of all that depends on the form
};

// The cheapest form, as far as sums per segment tell; of equally cheap ones the first in the order
// of Form. `size` is at least 1; the values must be in range.
[[nodiscard]] Plan choose_plan(const std::int64_t* wh, int size);

}  // namespace usagectl::meter::packing
