// SPDX-License-Identifier: MIT
// When a notice is due. Delivering it is another's business.
#pragma once

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

}  // namespace usagectl::app
