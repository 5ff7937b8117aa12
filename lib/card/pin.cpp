// SPDX-License-Identifier: MIT
#include "card/pin.hpp"

#include <algorithm>

namespace usagectl::card {

Result<void> check_pin(std::string_view text) {
    const bool digits =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits && text.size() >= shortest_pin && text.size() <= longest_pin)
        return {};
    return refuse(
        Exit::usage,
        "malformed_pin",
        digits ? "the PIN has " + std::to_string(text.size()) + " digits"
               : std::string("the PIN has other characters than digits"),
        "a PIN has 12 to 16 digits, nothing between them, on one line"
    );
}

}  // namespace usagectl::card
