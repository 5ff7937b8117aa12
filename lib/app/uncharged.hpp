// SPDX-License-Identifier: MIT
// What the days behind the last charged one come to, by the data there are: settled readings first,
// then on-demand ones, then an estimate (source: SMT Support for Customer Balance Inquiry, 3.1.1,
// steps 2, 3 and 6). A day is rated exactly as the nightly charge rates it, so that the balance
// that is told at its end is the one there is once it is charged. What is charged by the day counts
// in full once the day has begun.
#pragma once

#include <optional>

#include "app/account_then.hpp"

namespace usagectl::app {

struct Uncharged {
    Money vee;  // by settled readings alone, with what is charged by the day for days that have any
    Money gap;  // what the other intervals add to that

    // The energy behind them.
    std::int64_t vee_actual_wh = 0;
    std::int64_t vee_estimated_wh = 0;
    std::int64_t raw_wh = 0;
    std::int64_t estimated_wh = 0;
    std::int64_t estimated_intervals = 0;

    // Ends of the last readings of each layer that were over by then; none: not for 400 days.
    std::optional<Instant> vee_through;
    std::optional<Instant> raw_through;
};

// Which blocks count: those there are now, or those that were known at the moment. The two differ
// only when something arrived later; the first is quicker.
enum class Blocks : std::uint8_t { current, known };

// Inside a transaction. Errors: those of ready_rates() and `charge_out_of_range` (4).
[[nodiscard]] Result<Uncharged>
rate_uncharged(Store& store, const AccountThen& then, Blocks blocks);

}  // namespace usagectl::app
