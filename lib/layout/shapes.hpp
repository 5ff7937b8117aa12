// SPDX-License-Identifier: MIT
// Whether a value looks as its key wants it, and the cure when it does not.
#pragma once

#include <vector>

#include "layout/format.hpp"
#include "layout/node.hpp"

namespace usagectl::layout {

// Reports every mistake of the value, of each element of an array. An array of texts may be written
// as one text.
[[nodiscard]] bool
check_shape(const KeyRule& rule, const Node& value, std::vector<Mistake>& mistakes);

}  // namespace usagectl::layout
