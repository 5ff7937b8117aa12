// SPDX-License-Identifier: MIT
// Whether a value looks as its key wants it, and the cure when it does not.
#pragma once

#include <vector>

#include "tariff/format.hpp"
#include "tariff/toml_node.hpp"

namespace usagectl::tariff {

// Reports every mistake of the value, of each element of an array. An array of texts may be written
// as one text.
[[nodiscard]] bool
check_shape(const KeyRule& rule, const Node& value, std::vector<Mistake>& mistakes);

}  // namespace usagectl::tariff
