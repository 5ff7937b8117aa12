// SPDX-License-Identifier: MIT
// The packed form of a DayBlock, about one byte per 15-minute interval; usagectl-block(5) describes
// it bit by bit. Lossless at 1 Wh. It begins with a version; a reader refuses versions it does not
// know. It ends with a checksum that also covers the day, so that damage, or a block filed under
// another day, is an error and never a number.
//
// The packing is canonical: equal blocks of one day become equal bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "meter/day_block.hpp"

namespace usagectl::meter {

// No packed block is longer, whatever it holds.
inline constexpr std::size_t max_packed_bytes = 3289;

// Appends the packed block to `out`. `day` is the local day the block is filed under (its start is
// stored relative to it). Precondition: count in [1, max_slots], values in [0, max_interval_wh],
// a missing slot has wh 0, start within 36 h of the day's UTC midnight and a multiple of 1 minute.
void encode(const DayBlock& block, LocalDay day, std::string& out);

// Unpacks into `block`. Empty string when sound, else what is wrong with the bytes (a sentence
// without subject, e.g. "checksum differs"): the caller adds meter and day. Never reads outside
// `bytes`, whatever they hold; `block` is unspecified after an error.
[[nodiscard]] std::string_view decode(std::string_view bytes, LocalDay day, DayBlock& block);

}  // namespace usagectl::meter
