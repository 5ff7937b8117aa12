// SPDX-License-Identifier: MIT
// The balance a customer is told (source: SMT Support for Customer Balance Inquiry, 3.1.1): what is
// posted, less what the settled usage since the last charge costs, less an estimate for the hours
// without settled readings; how long it will last; and what else belongs on the screen of whoever
// tells it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "account/forecast.hpp"
#include "app/account_then.hpp"
#include "app/quote_store.hpp"
#include "app/uncharged.hpp"

namespace usagectl::app {

struct BalanceQuestion {
    std::string account;
    std::optional<Instant> as_of = {};     // none: known_at
    std::optional<Instant> known_at = {};  // none: now
    Instant now{};
    std::string asker;  // the provider who asks; from the configuration
};

struct BalanceParts {
    Money posted;
    Money uncharged;     // taken off
    Money gap_estimate;  // taken off

    [[nodiscard]] Money balance() const { return posted - uncharged - gap_estimate; }
    bool operator==(const BalanceParts&) const = default;
};

// What was charged in the billing cycle so far, by the data it came from.
struct ChargedEnergy {
    std::int64_t vee_wh = 0;
    std::int64_t raw_wh = 0;
    std::int64_t estimated_wh = 0;
};

struct BalanceAnswer {
    AccountThen then;
    BalanceParts parts;
    ChargedEnergy charged;
    Uncharged uncharged;
    // None when the account is not in service or too few days were charged.
    std::optional<account::Forecast> forecast;
    bool reproduced = false;  // the question was about what was known at an earlier time
};

// Inside a transaction. Asked with the as_of and known_at of an earlier answer, it gives that
// answer again, whatever was posted, read or revised since; within the second of known_at, what
// came last counts. Only the provider of record of the account's meter may ask (sections 1.2 and 2
// of the source). Errors: `account_unknown` (3), `not_provider_of_record`, `balance_of_the_future`
// (4: a time asked for is not yet), those of rate_uncharged().
[[nodiscard]] Result<BalanceAnswer>
balance_of(Store& store, const BalanceQuestion& question, const Prepay& prepay);

// What each of the days that count for a forecast cost.
[[nodiscard]] std::vector<account::DayCost> day_costs(const std::vector<ledger::Entry>& entries);

}  // namespace usagectl::app
