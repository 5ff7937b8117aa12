// SPDX-License-Identifier: MIT
// When a notice is due, and when it is not true any more. Delivering it is another's business.
#pragma once

#include "account/ladder.hpp"
#include "account/preference.hpp"
#include "app/store.hpp"

namespace usagectl::app {

// Within the windows in which the customer prefers to be told of this type, from `now` on; within a
// day where nothing is preferred.
[[nodiscard]] account::Due notice_due(
    Store& store,
    ledger::AccountNumber account,
    account::NoticeType type,
    Instant now,
    const Zone& zone
);

// No warning that still waits is older.
inline constexpr std::chrono::days warnings_wait{31};

// Warnings of the account that wait although its balance no longer calls for them are cancelled:
// nobody is to hear of a suspension that was paid for. Where warnings go by the days that are left,
// a low balance notice stays until it is told. `today` is the account's.
void withdraw_warnings(Store& store, const account::Standing& standing, LocalDay today);
// All that wait but receipts, of an account that is closed.
void withdraw_notices(Store& store, ledger::AccountNumber account, LocalDay today);

}  // namespace usagectl::app
