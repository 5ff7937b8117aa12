// SPDX-License-Identifier: MIT
// What somebody who tells a balance is asked next: the last payments, the orders that are open, the
// last notices; each as it was known at the moment.
#pragma once

#include <vector>

#include "app/account_then.hpp"

namespace usagectl::app {

struct Recent {
    struct Paid {
        Payment payment;
        bool reversed = false;
    };
    std::vector<Paid> payments;  // newest first, at most three
    // What was not decided yet. Their state is today's: it is not kept when it changed.
    std::vector<ServiceOrder> orders;
    std::vector<Notice>
        notices;  // of the last five weeks, newest first, at most three; state: today's
};

// Inside a transaction.
[[nodiscard]] Recent recent_of(Store& store, const AccountThen& then);

// One line of a list of accounts: what is posted, and how long that will last above disconnection.
struct BalanceLine {
    account::Status status = account::Status::pending;
    Money posted;
    std::optional<LocalDay> charged_through;
    std::optional<std::int64_t> days_left;  // none: not in service, or too few days were charged
};
[[nodiscard]] BalanceLine balance_line(Store& store, const account::Standing& standing);

}  // namespace usagectl::app
