// SPDX-License-Identifier: MIT
// The header rows for one detail row of a group: those of the group, start and stop narrowed to the
// row. Under them the row is a group by itself, whose values keep their places in time.
#pragma once

#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "meter/lse_header.hpp"

namespace usagectl::meter {

// What a row of a group covers.
struct LseRowSpan {
    Instant from{};
    Instant to{};
    std::int64_t revision = 0;  // of its group, unix seconds; 0: none
};

// `group` is the beginning of the group's text, `header` what its header rows say. Empty when the
// header rows do not end within `group`, or when the row covers nothing.
[[nodiscard]] std::string lse_context(
    std::string_view group, const LseHeader& header, const LseRowSpan& row, const Zone& zone
);

}  // namespace usagectl::meter
