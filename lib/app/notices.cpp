// SPDX-License-Identifier: MIT
#include "app/notices.hpp"

namespace usagectl::app {

account::Due notice_due(
    Store& store,
    ledger::AccountNumber account,
    account::NoticeType type,
    Instant now,
    const Zone& zone
) {
    const auto preferred = account::due_by(store.accounts().preferences(account), type, now, zone);
    return preferred.value_or(account::Due{now, now + std::chrono::hours(24)});
}

}  // namespace usagectl::app
