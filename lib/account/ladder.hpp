// SPDX-License-Identifier: MIT
// What a balance calls for once a day has been charged (source: US 8,095,475, figure 6, steps 132
// to 142).
#pragma once

#include <optional>

#include "account/types.hpp"

namespace usagectl::account {

enum class Rung : std::uint8_t {
    clear,
    low,      // a low balance notice
    grace,    // a suspend notice: suspension is near
    suspend,  // a suspend order and its notice
};

// The lowest rung the balance stands on. `days_left` counts for the low rung alone, and only where
// the account has a threshold in days; a forecast never suspends anybody.
[[nodiscard]] Rung
rung_of(Money balance, const Thresholds& thresholds, std::optional<std::int64_t> days_left = {});

}  // namespace usagectl::account
