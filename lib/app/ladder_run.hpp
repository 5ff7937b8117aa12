// SPDX-License-Identifier: MIT
// What the balances of a night call for: accounts that are past due, orders to suspend, notices
// (source: US 8,095,475, figure 6, steps 132 to 142, and figure 9, steps 214 and 216).
#pragma once

#include <functional>

#include "app/charge_run.hpp"
#include "app/rules.hpp"

namespace usagectl::app {

struct LadderTally {
    std::int64_t looked_at = 0;
    std::int64_t past_due = 0;  // became past due
    std::int64_t orders = 0;    // suspend orders made
    std::int64_t held = 0;      // ... that a rule holds back for now
    std::int64_t notices = 0;   // suspend and low balance

    void add(const LadderTally& part);
};

struct LadderOptions {
    std::string actor;
    Instant now{};
    Transact transact = {};
    // Within the transaction of a few accounts, last: what they came to.
    std::function<void(const LadderTally& part)> within = {};
};

// Doing it twice on a day changes nothing: an account has one open order of a kind, and a notice of
// a type once a day.
void run_ladder(
    Store& store,
    const Prepay& prepay,
    const RulePacks& packs,
    const LadderOptions& options,
    LadderTally& tally
);

// The days left of an account by what its last days have cost; none: too few of them.
[[nodiscard]] std::optional<std::int64_t>
days_left_of(Store& store, const account::Standing& standing);

}  // namespace usagectl::app
