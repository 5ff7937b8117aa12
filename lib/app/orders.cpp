// SPDX-License-Identifier: MIT
#include "app/orders.hpp"

#include <algorithm>
#include <tuple>

#include "app/activation.hpp"
#include "app/guard.hpp"
#include "app/lock_order.hpp"
#include "app/names.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;
using account::OrderState;

Error unknown_order(const std::string& name) {
    return {
        Exit::not_found,
        "order_unknown",
        "there is no order " + name,
        "usagectl order list shows the orders there are",
    };
}

}  // namespace

OrderShown
shown_of(const KnownAccount& known, const account::Standing& standing, const ServiceOrder& order) {
    const auto& id = known.account.id;
    return {name_of(Named::order, id, order.id), id, order, std::nullopt, standing.meter_id};
}

Result<FoundOrder> find_order(
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
    return FoundOrder{std::move(*change), std::move(*order)};
}

Result<OrderShown> show_order(
    Store& store, const std::string& name, const Prepay& prepay, const RulePacks& packs, Instant now
) {
    const auto parts = read_name(Named::order, name);
    if (!parts)
        return tl::unexpected(parts.error());
    const auto known = store.accounts().find(parts->account_id);
    if (!known)
        return tl::unexpected(unknown_order(name));
    const auto order = store.service().order({known->number, parts->day, parts->place});
    if (!order)
        return tl::unexpected(unknown_order(name));
    const auto standing = store.accounts().standing(known->number);
    auto shown = shown_of(*known, standing, *order);
    if (order->kind == OrderKind::suspend && account::open(order->state)) {
        CountyEmergencies emergencies(store);
        shown.verdict = judge_suspension_of(
            store, {*known, standing, zone_of(standing, prepay), now}, packs, prepay, emergencies
        );
    }
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
        return visit(shown_of(*known, standing, order));
    });
}

namespace {

class Export {
public:
    Export(
        Store& store,
        const ExportOrders& request,
        const Prepay& prepay,
        const RulePacks& packs,
        const std::string& actor,
        Instant now
    )
        : store_(store)
        , request_(request)
        , prepay_(prepay)
        , packs_(packs)
        , actor_(actor)
        , now_(now)
        , emergencies_(store) {}

    Result<OrdersExported> run() {
        std::vector<ledger::AccountNumber> accounts;
        ServiceStore::OrderFilter filter;
        filter.kind = request_.kind;
        filter.open = true;
        store_.service().orders(filter, [&](const ServiceOrder& order) {
            if (wanted(order))
                accounts.push_back(order.id.account);
            return true;
        });
        for (const auto& id : in_lock_order(store_, accounts)) {
            auto change = AccountChange::begin(store_, id, prepay_, actor_, now_);
            if (!change)
                return tl::unexpected(change.error());
            // As they are now that the account is locked: somebody may have decided one meanwhile.
            for (auto& order : store_.service().open_orders(change->known().number)) {
                if (wanted(order))
                    hand_over(*change, std::move(order));
            }
        }
        std::sort(exported_.orders.begin(), exported_.orders.end(), older);
        std::sort(exported_.held.begin(), exported_.held.end(), older);
        return std::move(exported_);
    }

private:
    // By the day they were made.
    static bool older(const OrderShown& left, const OrderShown& right) {
        const auto place = [](const OrderShown& shown) {
            const auto& id = shown.order.id;
            return std::tuple(id.day, id.account, id.place);
        };
        return place(left) < place(right);
    }

    [[nodiscard]] bool wanted(const ServiceOrder& order) const {
        const bool asked = !request_.kind || order.kind == *request_.kind;
        return asked && (order.state == OrderState::pending ||
                         (request_.again && order.state == OrderState::exported));
    }

    void hand_over(const AccountChange& change, ServiceOrder order) {
        auto shown = shown_of(change.known(), change.standing(), order);
        if (order.state == OrderState::pending) {
            if (order.kind == OrderKind::suspend) {
                shown.verdict = judge_suspension_of(
                    store_, AccountNow::of(change), packs_, prepay_, emergencies_
                );
                order.held_by = held_by(*shown.verdict);
            }
            const bool allowed = !shown.verdict || shown.verdict->allowed();
            if (allowed) {
                order.state = OrderState::exported;
                order.exported_at = now_;
            }
            store_.service().save(order);
            shown.order = order;
            if (!allowed) {
                exported_.held.push_back(std::move(shown));
                return;
            }
        }
        exported_.orders.push_back(std::move(shown));
    }

    Store& store_;
    const ExportOrders& request_;
    const Prepay& prepay_;
    const RulePacks& packs_;
    const std::string& actor_;
    Instant now_;
    CountyEmergencies emergencies_;
    OrdersExported exported_;
};

}  // namespace

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
        auto exported = Export(store, request, prepay, packs, actor.name, now).run();
        if (!exported)
            return exported;
        store.audit().append(actor.record(
            now,
            std::to_string(exported->orders.size()) + " orders handed over, " +
                std::to_string(exported->held.size()) + " held back"
        ));
        if (request.deliver)
            request.deliver(*exported);
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
    for (const auto& id : in_lock_order(store, waiting)) {
        auto change = AccountChange::begin(store, id, prepay, actor, now);
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
