// SPDX-License-Identifier: MIT
// Numbers from outside, range-checked, without floating point.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace usagectl {

// A whole decimal number in [low, high]: an optional minus sign and digits, nothing else.
// Empty when malformed or out of range.
[[nodiscard]] std::optional<std::int64_t>
parse_integer(std::string_view text, std::int64_t low, std::int64_t high);

// A plain decimal (`.145`, `0.39`, `12`, `0.`, `-3.5`; no plus sign, exponent or thousands
// separator; at most 18 digits, zeros in front not counted) times 10^scale, rounded half-even to a
// whole number. `inexact` tells that rounding lost something. Empty when malformed or when the
// result does not fit. `scale` is 0 to 18.
struct Scaled {
    std::int64_t value = 0;
    bool inexact = false;
};
[[nodiscard]] std::optional<Scaled> parse_scaled(std::string_view text, int scale);

}  // namespace usagectl
