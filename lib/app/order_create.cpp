// SPDX-License-Identifier: MIT
#include "app/order_create.hpp"

#include "app/account_service.hpp"
#include "app/meters.hpp"
#include "app/names.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;

Result<void> check_served(const AccountChange& change) {
    const auto status = change.standing().status;
    if (account::in_service(status) || status == account::Status::suspended)
        return {};
    return refuse(
        Exit::refused,
        "account_not_served",
        "account " + change.known().account.id + " is " + std::string(account::to_string(status)) +
            ", and has no meter to exchange",
        status == account::Status::closed ? "" : "usagectl account set --meter names another"
    );
}

Result<void> check_meter(const AccountChange& change, Store& store, const std::string& wanted) {
    const auto meter = store.meters().find(wanted);
    if (!meter)
        return tl::unexpected(unknown_meter(wanted));
    if (meter->id == change.standing().meter_id) {
        return refuse(
            Exit::refused,
            "meter_same",
            "meter " + meter->id + " serves account " + change.known().account.id + " already"
        );
    }
    return check_next_meter(change, store, *meter);
}

Result<void> check_due(const AccountChange& change, std::optional<Instant> due_at) {
    if (!due_at || *due_at > change.now())
        return {};
    return refuse(
        Exit::refused,
        "due_passed",
        "it would be due at " + format_instant(*due_at) + ", and it is " +
            format_instant(change.now())
    );
}

Result<ServiceOrder> order_exchange(AccountChange& change, Store& store, const CreateOrder& asked) {
    if (auto served = check_served(change); !served)
        return tl::unexpected(served.error());
    if (auto possible = check_meter(change, store, asked.new_meter); !possible)
        return tl::unexpected(possible.error());
    if (auto sound = check_due(change, asked.due_at); !sound)
        return tl::unexpected(sound.error());
    ServiceOrder wanted;
    wanted.kind = OrderKind::change;
    wanted.reason = asked.reason;
    wanted.due_at = asked.due_at;
    wanted.new_meter = asked.new_meter;
    wanted.note = asked.note;
    if (auto made = change.order(std::move(wanted)))
        return std::move(*made);
    const auto& id = change.known().account.id;
    const auto name = name_of(Named::order, id, change.open_order(OrderKind::change)->id);
    return refuse(
        Exit::refused,
        "order_open",
        "account " + id + " has a change order that is not decided yet, " + name,
        "usagectl order complete " + name + ", or order cancel, comes first"
    );
}

}  // namespace

Result<OrderShown> create_order(
    Store& store,
    const CreateOrder& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<OrderShown>(store, request.dry_run, [&]() -> Result<OrderShown> {
        const auto now = clock.now();
        auto change = AccountChange::begin(store, request.account, prepay, actor.name, now);
        if (!change)
            return tl::unexpected(change.error());
        auto order = order_exchange(*change, store, request);
        if (!order)
            return tl::unexpected(order.error());
        if (auto kept = change->finish(); !kept)
            return tl::unexpected(kept.error());
        auto shown = shown_of(change->known(), change->standing(), *order);
        store.audit().append(actor.record(
            now,
            "order " + shown.name + ": meter " + shown.meter + " to be exchanged for " +
                request.new_meter
        ));
        if (request.created)
            request.created(shown);
        return shown;
    });
}

}  // namespace usagectl::app
