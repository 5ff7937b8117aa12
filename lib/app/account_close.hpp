// SPDX-License-Identifier: MIT
// The end of an account: settled, its meter free for another, for good.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"

namespace usagectl::app {

struct CloseAccount {
    std::string account;
    std::optional<LocalDay> on =
        {};  // last day of service; none: yesterday, in service, else today
    std::string reason = {};
    bool dry_run = false;
    std::function<void(const struct AccountClosed&)> closed = {};
};

struct AccountClosed {
    std::string account;
    LocalDay on{};
    Money deposit;                     // held until now, used
    Money from_debt;                   // old debt paid off by what was left
    Money refund;                      // due to the customer
    Money debt;                        // owed by the customer from now on, old debt included
    std::vector<OrderTouched> orders;  // called off
};

// Posts no charge: every day of service must be charged. A deposit is used; what is left pays old
// debt first and is then due to the customer (liability:refunds); what is owed becomes debt
// (asset:receivable:debt), written off by nobody yet. Open orders are called off, and from the day
// after `on` the account has no meter. Errors: `account_unknown` (3), `account_closed`,
// `usage_not_charged`, `charged_beyond` (the day lies before the last one charged), `closes_later`
// (4: the day lies ahead), `balance_out_of_range` (4).
[[nodiscard]] Result<AccountClosed> close_account(
    Store& store,
    const CloseAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
