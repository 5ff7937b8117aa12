// SPDX-License-Identifier: MIT
// How an account stands: the few figures that payments and charges move, kept together because a
// nightly run reads and writes them for every account there is.
#pragma once

#include <optional>

#include "account/status.hpp"
#include "account/types.hpp"

namespace usagectl::account {

struct Standing {
    std::int64_t account = 0;  // the store's number
    Status status = Status::pending;
    Money balance;       // the fold of the account's entries
    Instant moved_at{};  // when the newest of them became known; no later one may come before it
    Money debt;          // still owed from before, paid off by a share of each payment
    std::optional<std::int64_t> meter;  // the store's number; none once closed
    // The meter's own name and time zone; empty once closed, not saved with the standing.
    std::string meter_id;
    std::string timezone;
    std::int64_t profile = 0;  // the store's number of tariff, options and exemptions
    std::optional<LocalDay> charged_through;  // the last day that is charged; none before service
    std::int64_t cycle_day = 1;               // of the month, 1 to 28: a billing cycle begins
    LocalDay cycle_start{};
    std::int64_t cycle_wh = 0;  // charged for in the cycle so far
    Thresholds thresholds;
    bool wants_daily = false;  // a notice of every day's usage
    // A change of tariff or meter lies ahead of charged_through: the day's own profile is looked
    // up.
    bool changing = false;
    bool operator==(const Standing&) const = default;
};

}  // namespace usagectl::account
