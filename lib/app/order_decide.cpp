// SPDX-License-Identifier: MIT
#include "app/order_decide.hpp"

#include "app/account_service.hpp"
#include "app/activation.hpp"
#include "app/names.hpp"
#include "app/recharge.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using account::OrderKind;
using account::OrderState;
using account::Status;

bool installation(const ServiceOrder& order, const OrderSaid& said) {
    return order.kind == OrderKind::activate && said.state == OrderState::completed;
}

bool exchange(const ServiceOrder& order, const OrderSaid& said) {
    return order.kind == OrderKind::change && said.state == OrderState::completed;
}

Result<void> check_meter_facts(const ServiceOrder& order, const OrderSaid& said) {
    const bool none = !said.meter_number && !said.begin_reading_wh;
    if (!exchange(order, said)) {
        if (none)
            return {};
        return refuse(
            Exit::refused,
            "meter_facts_not_asked",
            "facts of a meter belong to an exchange that is done, and this is none",
            "usagectl account set --meter-number, --begin-reading enters them otherwise"
        );
    }
    if (said.meter_number && said.begin_reading_wh)
        return {};
    const auto* missing = none                ? "its number and its begin reading"
                          : said.meter_number ? "its begin reading"
                                              : "its number";
    return refuse(
        Exit::refused,
        "meter_facts_missing",
        "of the meter that was put in is not said: " + std::string(missing),
        "give --meter-number and --begin-reading, or meter_number and begin_reading_wh in a file"
    );
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
    if (auto told = check_meter_facts(order, said); !told)
        return told;
    return said.at ? check_done_at(order, *said.at, change.now()) : Result<void>();
}

std::string cause_of(const AccountChange& change, const ServiceOrder& order) {
    return "order " + name_of(Named::order, change.known().account.id, order.id);
}

// The account is served by the meter that was put in, from the day of that on. Refuses before
// anything is written.
Result<void> exchange_meter(
    AccountChange& change,
    Store& store,
    const ServiceOrder& order,
    const OrderSaid& said,
    const Prepay& prepay
) {
    const auto day = change.zone().day_of(said.at.value_or(change.now()));
    ServiceAsked asked;
    asked.meter = order.new_meter;
    asked.from = day;
    asked.exchanged = true;
    if (auto served = change_service(change, store, asked, {}, prepay); !served)
        return tl::unexpected(served.error());
    const account::MeterFacts facts{said.meter_number, said.begin_reading_wh, day, day};
    enter_meter_facts(change, store, facts, cause_of(change, order));
    return {};
}

// What an order that is decided means for its account.
Result<void> work_in(AccountChange& change, Store& store, const ServiceOrder& order) {
    const auto cause = cause_of(change, order);
    if (order.state != OrderState::completed) {
        if (order.kind == OrderKind::recharge && order.amount > Money())
            spare_recharge_back(change, store, order, cause + " was not carried out");
        return {};
    }
    if (order.kind == OrderKind::suspend && account::in_service(change.standing().status))
        return change.become(Status::suspended, cause);
    if (order.kind == OrderKind::reconnect && change.standing().status == Status::suspended)
        return change.become(Status::active, cause);
    return {};
}

// False when it says what is so already.
Result<bool> decide(Store& store, FoundOrder& found, const OrderSaid& said, const Prepay& prepay) {
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
    if (exchange(order, said)) {
        if (auto done = exchange_meter(change, store, order, said, prepay); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = change.advance(order, said.state, said.message); !done)
        return tl::unexpected(done.error());
    order.state = said.state;
    if (auto done = work_in(change, store, order); !done)
        return tl::unexpected(done.error());
    return true;
}

}  // namespace

Result<OrderDecided> decide_order_within(
    Store& store, const OrderSaid& said, const Prepay& prepay, const std::string& actor, Instant now
) {
    auto found = find_order(store, said.order, prepay, actor, now);
    if (!found)
        return tl::unexpected(found.error());
    const auto changed = decide(store, *found, said, prepay);
    if (!changed)
        return tl::unexpected(changed.error());
    // What could refuse has been asked before anything was written: what refuses here is another
    // command that came in between, and all of the transaction goes with it.
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
