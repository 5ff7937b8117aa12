// SPDX-License-Identifier: MIT
// A day block taken apart into its intervals again, to be filed under the days of another zone.
#pragma once

#include <string_view>

#include "meter/assembler.hpp"

namespace usagectl::meter {

// Puts every present interval of `block` into the assembler, in order, and stops at the first that
// is not taken. That is `misaligned` where two old days on different grids meet in one new day:
// hourly values of a zone half an hour off.
[[nodiscard]] PutStatus put_block(
    Assembler& assembler,
    std::string_view meter,
    Channel channel,
    const DayBlock& block,
    std::int64_t revision,
    std::uint64_t line
);

}  // namespace usagectl::meter
