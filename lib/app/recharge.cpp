// SPDX-License-Identifier: MIT
#include "app/recharge.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;
using account::OrderState;
using account::Status;
using std::chrono::days;

ServiceOrder recharge_of(const ledger::EntryId& payment, Money amount, const std::string& reason) {
    ServiceOrder order;
    order.kind = OrderKind::recharge;
    order.reason = reason;
    order.amount = amount;
    order.payment = payment;
    return order;
}

// The one that told of the payment; none: there was none.
std::optional<ServiceOrder> recharge_by(
    AccountChange& change, Store& store, const ledger::EntryId& payment, Instant posted_at
) {
    // Made when the payment was, on the account's day of that time; the zone of its meter may have
    // been corrected since.
    const auto day = change.zone().day_of(posted_at);
    ServiceStore::OrderFilter filter;
    filter.account = change.known().number;
    filter.kind = OrderKind::recharge;
    filter.days = DaySpan{day - days(1), day + days(1)};
    std::optional<ServiceOrder> found;
    store.service().orders(filter, [&](const ServiceOrder& order) {
        if (order.payment == payment && order.amount > Money())
            found = order;
        return !found;
    });
    return found;
}

}  // namespace

void order_recharge(
    AccountChange& change, const ledger::EntryId& payment, Money amount, const std::string& reason
) {
    const auto status = change.standing().status;
    const bool served = account::in_service(status) || status == Status::suspended;
    if (served && amount != Money())
        change.order(recharge_of(payment, amount, reason));
}

void take_recharge_back(
    AccountChange& change,
    Store& store,
    const ledger::EntryId& payment,
    Instant posted_at,
    const std::string& reason
) {
    auto told = recharge_by(change, store, payment, posted_at);
    if (!told)
        return;
    if (told->state == OrderState::pending)
        change.cancel(std::move(*told), reason);
    else if (told->state == OrderState::exported || told->state == OrderState::completed)
        change.order(recharge_of(payment, -*told->amount, reason));
}

void spare_recharge_back(
    AccountChange& change, Store& store, const ServiceOrder& recharge, const std::string& reason
) {
    for (auto& open : store.service().open_orders(change.known().number)) {
        const bool takes_back = open.kind == OrderKind::recharge &&
                                open.payment == recharge.payment && open.amount < Money();
        if (takes_back && !open.exported_at)
            change.cancel(std::move(open), reason);
    }
}

}  // namespace usagectl::app
