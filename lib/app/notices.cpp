// SPDX-License-Identifier: MIT
#include "app/notices.hpp"

#include <functional>

namespace usagectl::app {

namespace {

using account::NoticeType;
using account::Rung;

void withdraw(
    Store& store,
    ledger::AccountNumber account,
    LocalDay today,
    const std::function<bool(NoticeType)>& untrue
) {
    for (const auto& notice : store.service().notices(account, {today - warnings_wait, today})) {
        if (notice.state == "waiting" && untrue(notice.type))
            store.service().cancel_notice(notice.id);
    }
}

}  // namespace

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

void withdraw_warnings(Store& store, const account::Standing& standing, LocalDay today) {
    const auto rung = account::rung_of(standing.balance, standing.thresholds);
    const bool near = rung == Rung::suspend || rung == Rung::grace;
    if (near)
        return;
    const bool low = rung == Rung::low || standing.thresholds.low_days;
    withdraw(store, standing.account, today, [low](NoticeType type) {
        return type == NoticeType::suspend || (type == NoticeType::low_balance && !low);
    });
}

void withdraw_notices(Store& store, ledger::AccountNumber account, LocalDay today) {
    withdraw(store, account, today, [](NoticeType type) { return type != NoticeType::recharge; });
}

}  // namespace usagectl::app
