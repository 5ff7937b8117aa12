// SPDX-License-Identifier: MIT
// Days that were charged, rated again because their readings have become better. What was posted
// stays; the difference is a correcting entry of the same day.
#pragma once

#include "app/account_change.hpp"
#include "app/day_rating.hpp"

namespace usagectl::app {

struct Rerated {
    std::int64_t days = 0;  // a correcting entry was posted
    Money amount;           // what the customer pays more (negative: less)
    // Of these days the ones the legacy system has to be told of again: lines it does not bill
    // itself have changed.
    std::vector<LocalDay> to_export = {};
    // Readings of it have changed, and the bill of its cycle has settled it.
    bool settled = false;
    // Why it did not come to the last day; what was corrected before stays. Errors: those of
    // RateBook::page, `charge_out_of_range`, `balance_out_of_range` (4).
    std::optional<Error> ended = {};
};

// Rates the account's charged days from `first` on again, as far as they can differ: that day, and,
// where a tier depends on the usage before, the days of its billing cycle behind it. Doing it twice
// changes nothing. A day that a bill has settled (app/reconcile.hpp) stays as it was billed: who
// bills is the legacy system, and what it bills later for it comes with a later bill.
[[nodiscard]] Rerated rerate(Store& store, AccountChange& change, RateBook& book, LocalDay first);

}  // namespace usagectl::app
