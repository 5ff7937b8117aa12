// SPDX-License-Identifier: MIT
// The non-VEE gap: the time between the last settled (VEE) posting and a customer's question
// (SMT Support for Customer Balance Inquiry, 5/4/2011, sections 1.3 and 3.1.1 step 3).
#pragma once

#include <optional>

#include "base/instant.hpp"

namespace usagectl::meter {

inline constexpr std::chrono::hours gap_cap{48};

struct Gap {
    Instant from{};
    Instant to{};
    bool capped = false;  // the true gap is longer than 48 h; only its last 48 h are asked for
};

// `to` is `asked_at` cut down to a whole interval; `from` the later of `last_vee_end` and 48 h
// before `to` (a meter without VEE data: capped). An empty gap has from == to.
[[nodiscard]] Gap
find_gap(std::optional<Instant> last_vee_end, Instant asked_at, std::int32_t interval_minutes);

}  // namespace usagectl::meter
