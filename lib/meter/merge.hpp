// SPDX-License-Identifier: MIT
// The revision rule: what happens when a day block arrives and one is already stored.
//
// Newest revision wins, per block. An arriving interval that differs from a stored one replaces it
// when the arriving revision is not older, and is counted as superseded when it is. An interval the
// stored block lacks is always taken. Equal intervals are unchanged.
#pragma once

#include <cstdint>
#include <string_view>

#include "meter/day_block.hpp"

namespace usagectl::meter {

struct MergeCounts {
    std::uint32_t stored = 0;
    std::uint32_t unchanged = 0;
    std::uint32_t superseded = 0;
    std::uint32_t rejected = 0;
};

struct MergeOutcome {
    MergeCounts counts;
    bool content_changed = false;    // `merged` differs from `stored` in values or qualities
    bool arrival_lost = false;       // something of the arrival was superseded: keep it in history
    std::int64_t revision = 0;       // of the merged block
    std::string_view reject_reason;  // when counts.rejected > 0
};

// `merged` may alias `stored`. Blocks on different grids (interval length, start or slot count):
// the arriving block replaces the stored one when it is not older and complete; it is superseded
// whole when it is older; otherwise its intervals are rejected.
[[nodiscard]] MergeOutcome merge(
    const DayBlock& stored,
    std::int64_t stored_revision,
    const DayBlock& arriving,
    std::int64_t arriving_revision,
    DayBlock& merged
);

}  // namespace usagectl::meter
