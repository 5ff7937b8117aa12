// SPDX-License-Identifier: MIT
// The amounts at which something happens to an account, held against everything that bounds them:
// their own order, the utility's floor, and the rules that guard the account.
#pragma once

#include <string>

#include "account/types.hpp"
#include "app/prepay.hpp"
#include "app/rules.hpp"

namespace usagectl::app {

struct Limits {
    account::Thresholds thresholds;
    std::string rule_pack;  // the account's own; empty: the configured one
    LocalDay day{};         // on which they are to hold
};

// `packs` may be null only where neither the account nor the configuration names a pack. Errors:
// `thresholds_disordered`, `low_balance_below_floor` (4: the source, US 8,095,475, figure 3, step
// 72, has the server keep minimum thresholds), `balance_against_rules` (4: a rule of the pack
// forbids the connection or disconnection balance, as 16 TAC 25.498(b) does), `rule_pack_unknown`
// (3).
[[nodiscard]] Result<void>
check_limits(const Limits& limits, const Prepay& prepay, const RulePacks* packs);

}  // namespace usagectl::app
