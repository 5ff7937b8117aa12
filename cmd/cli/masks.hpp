// SPDX-License-Identifier: MIT
// What answers and records show of a customer's telephone numbers.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::cli {

// `+1972*****34`: country and area stay, as do the last two digits.
[[nodiscard]] std::string mask_phone(std::string_view number);
// The same for every telephone number in a text: a plus sign and at least eight digits.
[[nodiscard]] std::string mask_phones(std::string_view text);

}  // namespace usagectl::cli
