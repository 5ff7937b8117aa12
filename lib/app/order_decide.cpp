// SPDX-License-Identifier: MIT
#include "app/order_decide.hpp"

#include "app/activation.hpp"
#include "app/names.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;
using account::OrderState;
using account::Status;

bool installation(const ServiceOrder& order, const OrderSaid& said) {
    return order.kind == OrderKind::activate && said.state == OrderState::completed;
}

Result<void> check_field_system(const ServiceOrder& order, const OrderSaid& said) {
    if (order.state == OrderState::cancelled && said.state == OrderState::completed) {
        return refuse(
            Exit::refused,
            "order_called_off",
            "the field has done it, though the order was called off at " +
                format_instant(*order.decided_at) + ": " + order.outcome,
            "the account does not know of it: look at the meter"
        );
    }
    // Confirmed, and still open: only an installation is.
    if (order.state == OrderState::pending_usage) {
        return refuse(
            Exit::refused,
            "order_confirmed_before",
            "the field has confirmed it before; now it says " +
                std::string(account::to_string(said.state)),
            "usagectl order cancel calls it off, if that is meant"
        );
    }
    if (account::open(order.state) && !order.exported_at) {
        return refuse(
            Exit::refused,
            "order_not_exported",
            "it was never handed to the field",
            "usagectl order export hands it over, if the rules allow it"
        );
    }
    return {};
}

Result<void> check_done_at(const ServiceOrder& order, Instant at, Instant now) {
    if (at > now) {
        return refuse(
            Exit::refused,
            "done_later",
            "it was done at " + format_instant(at) + ", and it is only " + format_instant(now),
            "check the clock it was taken from"
        );
    }
    const auto from = order.exported_at.value_or(order.created_at);
    if (at >= from)
        return {};
    return refuse(
        Exit::refused,
        "done_before_order",
        "it was done at " + format_instant(at) + ", before it was " +
            (order.exported_at ? "handed over at " : "made at ") + format_instant(from),
        "check the clock it was taken from, and which order was meant"
    );
}

// Everything that can refuse, before anything is written.
Result<void> check(const AccountChange& change, const ServiceOrder& order, const OrderSaid& said) {
    if (said.by_field_system) {
        if (auto sound = check_field_system(order, said); !sound)
            return sound;
    }
    if (auto possible = account::check_order_change(order.state, said.state); !possible)
        return possible;
    if (installation(order, said)) {
        const auto possible = account::check_change(change.standing().status, Status::active);
        if (!possible)
            return possible;
    }
    return said.at ? check_done_at(order, *said.at, change.now()) : Result<void>();
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

// False when it says what is so already.
Result<bool> decide(Store& store, FoundOrder& found, const OrderSaid& said) {
    auto& [change, order] = found;
    if (order.state == said.state)
        return false;
    // The meter is in, as was said before; the usage it waits for may have come.
    if (installation(order, said) && order.state == OrderState::pending_usage)
        return try_activate(change, store);
    if (auto sound = check(change, order, said); !sound)
        return tl::unexpected(sound.error());
    order.done_at = said.at;
    // An activation is not over when the meter is in: it waits for the first usage.
    if (installation(order, said)) {
        if (auto done = change.advance(order, OrderState::pending_usage, said.message); !done)
            return tl::unexpected(done.error());
        const auto activated = try_activate(change, store);
        return activated ? Result<bool>(true) : activated;
    }
    if (auto done = change.advance(order, said.state, said.message); !done)
        return tl::unexpected(done.error());
    if (said.state == OrderState::completed) {
        if (auto done = work_in(change, order); !done)
            return tl::unexpected(done.error());
    }
    return true;
}

}  // namespace

Result<OrderDecided> decide_order_within(
    Store& store, const OrderSaid& said, const Prepay& prepay, const std::string& actor, Instant now
) {
    auto found = find_order(store, said.order, prepay, actor, now);
    if (!found)
        return tl::unexpected(found.error());
    const auto changed = decide(store, *found, said);
    if (!changed)
        return tl::unexpected(changed.error());
    // Neither meter nor account was touched: what refuses here is a store that is not sound.
    if (const auto done = found->change.finish(); !done)
        throw Failure(done.error());
    OrderDecided decided;
    decided.unchanged = !*changed;
    const auto& change = found->change;
    decided.shown =
        shown_of(change.known(), change.standing(), *store.service().order(found->order.id));
    decided.status = change.standing().status;
    return decided;
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
        auto decided = decide_order_within(store, request.said, prepay, actor.name, now);
        if (!decided)
            return decided;
        store.audit().append(actor.record(
            now,
            "order " + request.said.order + " " +
                std::string(account::to_string(decided->shown.order.state)) + ", account " +
                std::string(account::to_string(decided->status))
        ));
        if (request.decided)
            request.decided(*decided);
        return decided;
    });
}

}  // namespace usagectl::app
