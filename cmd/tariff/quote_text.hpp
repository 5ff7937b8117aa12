// SPDX-License-Identifier: MIT
// A quote derived for people: each line with its exact product, and the intervals behind it.
#pragma once

#include <string>
#include <vector>

#include "app/tariff_quote.hpp"

namespace usagectl {

[[nodiscard]] std::vector<std::string> derivation(const app::Quote& quote);

}  // namespace usagectl
