// SPDX-License-Identifier: MIT
#include "account/ladder.hpp"

namespace usagectl::account {

Rung rung_of(Money balance, const Thresholds& thresholds, std::optional<std::int64_t> days_left) {
    if (balance <= thresholds.disconnection)
        return Rung::suspend;
    if (balance <= thresholds.grace)
        return Rung::grace;
    const bool few_days = thresholds.low_days && days_left && *days_left <= *thresholds.low_days;
    return balance <= thresholds.low || few_days ? Rung::low : Rung::clear;
}

}  // namespace usagectl::account
