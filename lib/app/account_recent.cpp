// SPDX-License-Identifier: MIT
#include "app/account_recent.hpp"

#include <algorithm>

#include "app/balance.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

constexpr std::size_t shown = 3;
constexpr days first_look{62};
constexpr days notice_look{35};

LocalDay today_of(const AccountThen& then) {
    return then.zone->day_of(std::max(then.moment.as_of, then.moment.known_at));
}

bool known_then(Store& store, const AccountThen& then, const ledger::EntryId& id) {
    if (then.current)
        return true;
    const auto entry = store.ledger().find(id);
    return entry && entry->known_at <= then.moment.known_at &&
           holds_from(*entry) <= then.moment.as_of;
}

std::vector<Recent::Paid> payments_since(Store& store, const AccountThen& then, LocalDay first) {
    // Whoever took a payment may have a clock that is a little ahead.
    auto list = store.ledger().payments(then.known.number, {first, today_of(then) + days(1)});
    std::erase_if(list, [&](const auto& each) { return !known_then(store, then, each.id); });
    std::sort(list.begin(), list.end(), [](const auto& left, const auto& right) {
        return left.at != right.at ? left.at > right.at : left.id > right.id;
    });
    list.resize(std::min(list.size(), shown));
    std::vector<Recent::Paid> paid;
    for (auto& each : list) {
        const bool back = each.reversed_by && known_then(store, then, *each.reversed_by);
        paid.push_back({std::move(each), back});
    }
    return paid;
}

std::vector<ServiceOrder> orders_open(Store& store, const AccountThen& then) {
    if (then.current)
        return store.service().open_orders(then.known.number);
    const auto at = then.moment.known_at;
    std::vector<ServiceOrder> open;
    ServiceStore::OrderFilter filter;
    filter.account = then.known.number;
    store.service().orders(filter, [&](const ServiceOrder& order) {
        if (order.created_at <= at && (!order.decided_at || *order.decided_at > at))
            open.push_back(order);
        return true;
    });
    return open;
}

std::vector<Notice> last_notices(Store& store, const AccountThen& then) {
    const auto today = today_of(then);
    auto list = store.service().notices(then.known.number, {today - notice_look, today});
    std::erase_if(list, [&](const Notice& each) { return each.created_at > then.moment.known_at; });
    std::sort(list.begin(), list.end(), [](const auto& left, const auto& right) {
        return left.created_at != right.created_at ? left.created_at > right.created_at
                                                   : left.id > right.id;
    });
    list.resize(std::min(list.size(), shown));
    return list;
}

}  // namespace

Recent recent_of(Store& store, const AccountThen& then) {
    Recent recent;
    recent.payments = payments_since(store, then, today_of(then) - first_look);
    if (recent.payments.size() < shown)
        recent.payments = payments_since(store, then, local_day(0));
    recent.orders = orders_open(store, then);
    std::sort(recent.orders.begin(), recent.orders.end(), [](const auto& left, const auto& right) {
        return left.id < right.id;
    });
    recent.notices = last_notices(store, then);
    return recent;
}

BalanceLine balance_line(Store& store, const account::Standing& standing) {
    BalanceLine line{standing.status, standing.balance, standing.charged_through, std::nullopt};
    if (!account::in_service(standing.status) || !standing.charged_through)
        return line;
    const auto last = *standing.charged_through;
    const auto entries = store.ledger().entries(
        standing.account, {last - account::forecast_history + days(1), last}
    );
    line.days_left =
        account::days_left(day_costs(entries), standing.balance, standing.thresholds.disconnection);
    return line;
}

}  // namespace usagectl::app
