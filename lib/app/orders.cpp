// SPDX-License-Identifier: MIT
#include "app/orders.hpp"

#include "app/activation.hpp"
#include "app/guard.hpp"
#include "app/names.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;
using account::OrderState;
using account::Status;

Error unknown_order(const std::string& name) {
    return {
        Exit::not_found,
        "order_unknown",
        "there is no order " + name,
        "usagectl order list shows the orders there are",
    };
}

OrderShown shown_of(const AccountChange& change, const ServiceOrder& order) {
    const auto& id = change.known().account.id;
    return {
        name_of(Named::order, id, order.id),
        id,
        order,
        std::nullopt,
        change.standing().meter_id,
        change.zone().name(),
    };
}

// The account and the order a name speaks of, locked.
struct Found {
    AccountChange change;
    ServiceOrder order;
};
Result<Found> find_order(
    Store& store,
    const std::string& name,
    const Prepay& prepay,
    const std::string& actor,
    Instant now
) {
    const auto parts = read_name(Named::order, name);
    if (!parts)
        return tl::unexpected(parts.error());
    auto change = AccountChange::begin(store, parts->account_id, prepay, actor, now);
    if (!change) {
        if (change.error().code == "account_unknown")
            return tl::unexpected(unknown_order(name));
        return tl::unexpected(change.error());
    }
    auto order = store.service().order({change->known().number, parts->day, parts->place});
    if (!order)
        return tl::unexpected(unknown_order(name));
    return Found{std::move(*change), std::move(*order)};
}

// What a completed order means for its account.
Result<void> work_in(AccountChange& change, const ServiceOrder& order) {
    const auto cause = "order " + name_of(Named::order, change.known().account.id, order.id);
    if (order.kind == OrderKind::suspend && account::in_service(change.standing().status))
        return change.become(Status::suspended, cause);
    if (order.kind == OrderKind::reconnect && change.standing().status == Status::suspended)
        return change.become(Status::active, cause);
    return {};
}

Result<void> decide(Store& store, Found& found, const DecideOrder& request) {
    auto& [change, order] = found;
    // An activation is not over when the meter is in: it waits for the first usage.
    if (order.kind == OrderKind::activate && request.state == OrderState::completed) {
        if (order.state != OrderState::pending_usage) {
            const auto confirmed =
                change.advance(order, OrderState::pending_usage, request.message);
            if (!confirmed)
                return confirmed;
        }
        const auto activated = try_activate(change, store);
        return activated ? Result<void>() : tl::unexpected(activated.error());
    }
    if (auto advanced = change.advance(order, request.state, request.message); !advanced)
        return advanced;
    if (request.state == OrderState::completed)
        return work_in(change, order);
    return {};
}

}  // namespace

Result<OrderShown> show_order(
    Store& store, const std::string& name, const Prepay& prepay, const RulePacks& packs, Instant now
) {
    const auto found = find_order(store, name, prepay, "", now);
    if (!found)
        return tl::unexpected(found.error());
    auto shown = shown_of(found->change, found->order);
    if (found->order.kind == OrderKind::suspend && account::open(found->order.state))
        shown.verdict = judge_suspension_of(store, found->change, packs, prepay);
    return shown;
}

void list_orders(
    Store& store,
    const ServiceStore::OrderFilter& filter,
    const std::function<bool(const OrderShown&)>& visit
) {
    store.service().orders(filter, [&](const ServiceOrder& order) {
        const auto known = store.accounts().find(order.id.account);
        const auto standing = store.accounts().standing(order.id.account);
        return visit(
            {name_of(Named::order, known->account.id, order.id),
             known->account.id,
             order,
             std::nullopt,
             standing.meter_id,
             standing.timezone}
        );
    });
}

Result<OrderDecided> decide_order(
    Store& store,
    const DecideOrder& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<OrderDecided>(store, request.dry_run, [&]() -> Result<OrderDecided> {
        const auto now = clock.now();
        auto found = find_order(store, request.order, prepay, actor.name, now);
        if (!found)
            return tl::unexpected(found.error());
        OrderDecided decided;
        decided.unchanged = found->order.state == request.state;
        if (!decided.unchanged) {
            if (auto done = decide(store, *found, request); !done)
                return tl::unexpected(done.error());
        }
        if (auto done = found->change.finish(); !done)
            return tl::unexpected(done.error());
        decided.shown = shown_of(found->change, *store.service().order(found->order.id));
        decided.status = found->change.standing().status;
        store.audit().append(actor.record(
            now,
            "order " + request.order + " " +
                std::string(account::to_string(decided.shown.order.state)) + ", account " +
                std::string(account::to_string(decided.status))
        ));
        if (request.decided)
            request.decided(decided.shown, decided.status);
        return decided;
    });
}

OrdersExported export_orders(
    Store& store,
    const ExportOrders& request,
    const Prepay& prepay,
    const RulePacks& packs,
    const Actor& actor,
    const Clock& clock
) {
    const auto work = [&]() -> Result<OrdersExported> {
        const auto now = clock.now();
        OrdersExported exported;
        std::vector<ServiceOrder> candidates;
        ServiceStore::OrderFilter filter;
        filter.kind = request.kind;
        store.service().orders(filter, [&](const ServiceOrder& order) {
            if (order.state == OrderState::pending ||
                (request.again && order.state == OrderState::exported))
                candidates.push_back(order);
            return true;
        });
        for (auto& order : candidates) {
            const auto known = store.accounts().find(order.id.account);
            auto change = AccountChange::begin(store, known->account.id, prepay, actor.name, now);
            if (!change)
                return tl::unexpected(change.error());
            auto shown = shown_of(*change, order);
            if (order.kind == OrderKind::suspend && order.state == OrderState::pending) {
                shown.verdict = judge_suspension_of(store, *change, packs, prepay);
                order.held_by = held_by(*shown.verdict);
                store.service().save(order);
                shown.order = order;
                if (!shown.verdict->allowed()) {
                    exported.held.push_back(std::move(shown));
                    continue;
                }
            }
            if (order.state == OrderState::pending) {
                order.state = OrderState::exported;
                order.exported_at = now;
                store.service().save(order);
                shown.order = order;
            }
            exported.orders.push_back(std::move(shown));
        }
        store.audit().append(actor.record(
            now,
            std::to_string(exported.orders.size()) + " orders handed over, " +
                std::to_string(exported.held.size()) + " held back"
        ));
        if (request.deliver)
            request.deliver(exported);
        return exported;
    };
    auto exported = attempt<OrdersExported>(store, request.dry_run, work);
    if (!exported)
        throw Failure(exported.error());
    return std::move(*exported);
}

std::int64_t
process_orders(Store& store, const Prepay& prepay, const std::string& actor, Instant now) {
    std::vector<ledger::AccountNumber> waiting;
    ServiceStore::OrderFilter filter;
    filter.kind = OrderKind::activate;
    filter.state = OrderState::pending_usage;
    store.service().orders(filter, [&](const ServiceOrder& order) {
        waiting.push_back(order.id.account);
        return true;
    });
    std::int64_t gone_on = 0;
    for (const auto number : waiting) {
        const auto known = store.accounts().find(number);
        auto change = AccountChange::begin(store, known->account.id, prepay, actor, now);
        if (!change)
            throw Failure(change.error());
        const auto activated = try_activate(*change, store);
        if (!activated)
            throw Failure(activated.error());
        gone_on += *activated ? 1 : 0;
        if (const auto done = change->finish(); !done)
            throw Failure(done.error());
    }
    return gone_on;
}

}  // namespace usagectl::app
