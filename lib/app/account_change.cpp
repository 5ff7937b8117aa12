// SPDX-License-Identifier: MIT
#include "app/account_change.hpp"

#include "app/names.hpp"
#include "app/notices.hpp"
#include "base/text.hpp"
#include "ledger/posting_text.hpp"

namespace usagectl::app {

namespace {

// Steps of the system's clock up to this are its own business.
constexpr std::chrono::seconds clock_slack{300};

// A balance beyond it is a mistake, whatever brought it about.
constexpr Money balance_limit = Money::from_micro(1'000'000'000'000'000);

std::optional<Money> sum_of(const std::vector<ledger::Posting>& postings) {
    std::optional<Money> sum = Money();
    for (const auto& posting : postings)
        sum = sum ? add(*sum, posting.amount) : sum;
    return sum;
}

}  // namespace

Error unknown_account(std::string_view account_id) {
    return {
        Exit::not_found,
        "account_unknown",
        "account " + quoted(account_id) + " is not in the store",
        "usagectl account list shows the accounts there are",
    };
}

const Zone& zone_of(const account::Standing& standing, const Prepay& prepay) {
    const auto& name = standing.timezone.empty() ? prepay.timezone : standing.timezone;
    const auto zone = Zone::find(name);
    if (!zone)
        throw Failure(zone.error());
    return **zone;
}

AccountChange::AccountChange(
    Store& store, AccountStore::Locked locked, const Prepay& prepay, std::string actor
)
    : store_(&store)
    , prepay_(&prepay)
    , known_(std::move(locked.known))
    , before_(known_.account)
    , standing_before_(locked.standing)
    , standing_(std::move(locked.standing))
    , zone_(&zone_of(standing_, prepay))
    , actor_(std::move(actor)) {}

Result<AccountChange> AccountChange::begin(
    Store& store, std::string_view account_id, const Prepay& prepay, std::string actor, Instant now
) {
    auto locked = store.accounts().lock(account_id);
    if (!locked)
        return tl::unexpected(unknown_account(account_id));
    AccountChange change(store, std::move(*locked), prepay, std::move(actor));
    const auto moved = change.standing_.moved_at;
    if (now < moved - clock_slack) {
        return refuse(
            Exit::refused,
            "clock_backwards",
            "it is " + format_instant(now) + ", and account " + change.known_.account.id +
                " was changed at " + format_instant(moved),
            "set the system's clock: an entry must not become known before the one it follows"
        );
    }
    change.now_ = std::max(now, moved);
    return change;
}

Result<ledger::EntryId> AccountChange::post(Move move) {
    const auto amount = sum_of(move.postings);
    const auto balance = amount ? add(standing_.balance, *amount) : std::nullopt;
    if (!balance || *balance > balance_limit || *balance < -balance_limit) {
        return refuse(
            Exit::refused,
            "balance_out_of_range",
            "the balance of account " + known_.account.id + " would be beyond " +
                format_money(balance_limit)
        );
    }
    ledger::Entry entry;
    const auto day = move.day.value_or(zone_->day_of(move.at));
    entry.id = {known_.number, day, store_->ledger().next_place(known_.number, day)};
    entry.kind = move.kind;
    entry.at = move.at;
    entry.known_at = now_;
    entry.amount = *amount;
    entry.cause = std::move(move.cause);
    entry.basis = move.basis;
    entry.postings = std::move(move.postings);
    store_->ledger().append(entry);
    standing_.balance = *balance;
    standing_.moved_at = now_;
    return entry.id;
}

Result<void> AccountChange::become(account::Status status, const std::string& cause) {
    if (auto possible = account::check_change(standing_.status, status); !possible)
        return possible;
    note_event(
        "status",
        std::string(account::to_string(standing_.status)),
        std::string(account::to_string(status)),
        cause
    );
    standing_.status = status;
    return {};
}

void AccountChange::note_event(
    std::string field, std::string before, std::string after, std::string cause
) {
    store_->accounts().append_event(
        known_.number,
        today(),
        {now_, std::move(field), std::move(before), std::move(after), std::move(cause), actor_}
    );
    standing_.moved_at = now_;
}

account::AfterBalance AccountChange::after_balance() {
    account::AfterBalance now;
    now.status = standing_.status;
    now.balance = standing_.balance;
    now.thresholds = standing_.thresholds;
    now.minimum_due = known_.account.minimum_due.total();
    for (const auto& open : store_->service().open_orders(known_.number)) {
        now.suspend_open = now.suspend_open || open.kind == account::OrderKind::suspend;
        now.reconnect_open = now.reconnect_open || open.kind == account::OrderKind::reconnect;
        now.activate_open = now.activate_open || open.kind == account::OrderKind::activate;
    }
    return now;
}

Result<void>
AccountChange::follow(const account::Consequence& consequence, const std::string& cause) {
    if (consequence.charge_minimum_due && known_.account.minimum_due.total() != Money()) {
        auto postings = ledger::read_postings(known_.account.minimum_due.postings);
        if (!postings) {
            throw Failure(
                "store_damaged",
                "what account " + known_.account.id + " owed at the beginning cannot be read"
            );
        }
        const auto charged = post({ledger::Kind::setup, now_, cause, std::move(*postings)});
        if (!charged)
            return tl::unexpected(charged.error());
        // Charged once: what is due from now on is in the balance.
        known_.account.minimum_due = {};
    }
    if (consequence.status) {
        if (auto done = become(*consequence.status, cause); !done)
            return done;
    }
    if (consequence.order_activation)
        order(account::OrderKind::activate, cause);
    if (consequence.order_reconnection)
        order(account::OrderKind::reconnect, cause);
    if (consequence.cancel_activation)
        cancel(account::OrderKind::activate, cause);
    if (consequence.cancel_suspension)
        cancel(account::OrderKind::suspend, cause);
    if (consequence.cancel_reconnection)
        cancel(account::OrderKind::reconnect, cause);
    return {};
}

std::optional<ServiceOrder>
AccountChange::order(account::OrderKind kind, const std::string& reason) {
    ServiceOrder wanted;
    wanted.kind = kind;
    wanted.reason = reason;
    if (kind == account::OrderKind::reconnect)
        wanted.due_at = now_ + std::chrono::minutes(prepay_->reconnect_minutes);
    return order(std::move(wanted));
}

std::optional<ServiceOrder> AccountChange::order(ServiceOrder wanted) {
    wanted.id = {known_.number, today(), 0};
    wanted.created_at = now_;
    auto made = store_->service().open_order(std::move(wanted));
    if (made)
        touched_.push_back({*made, name_of(Named::order, known_.account.id, made->id)});
    return made;
}

void AccountChange::cancel(account::OrderKind kind, const std::string& reason) {
    for (auto& open : store_->service().open_orders(known_.number)) {
        if (open.kind == kind)
            cancel(std::move(open), reason);
    }
}

void AccountChange::cancel(ServiceOrder order, const std::string& reason) {
    order.state = account::OrderState::cancelled;
    order.decided_at = now_;
    order.outcome = reason;
    store_->service().save(order);
    touched_.push_back({order, name_of(Named::order, known_.account.id, order.id)});
}

std::optional<ServiceOrder> AccountChange::open_order(account::OrderKind kind) {
    for (auto& open : store_->service().open_orders(known_.number)) {
        if (open.kind == kind)
            return std::move(open);
    }
    return std::nullopt;
}

Result<void>
AccountChange::advance(ServiceOrder order, account::OrderState state, const std::string& outcome) {
    if (auto possible = account::check_order_change(order.state, state); !possible)
        return possible;
    order.state = state;
    if (!outcome.empty())
        order.outcome = outcome;
    if (!account::open(state))
        order.decided_at = now_;
    store_->service().save(order);
    touched_.push_back({order, name_of(Named::order, known_.account.id, order.id)});
    return {};
}

void AccountChange::notice(account::NoticeType type, std::string figures) {
    Notice wanted;
    const bool once_a_day = type != account::NoticeType::recharge;
    wanted.id = {known_.number, today(), once_a_day ? place_of(type) : first_free_notice};
    wanted.type = type;
    wanted.created_at = now_;
    const auto due = notice_due(*store_, known_.number, type, now_, *zone_);
    wanted.due_from = due.from;
    wanted.due_to = due.to;
    wanted.figures = std::move(figures);
    static_cast<void>(store_->service().add_notice(std::move(wanted)));
}

Result<void> AccountChange::finish() {
    if (known_.account != before_)
        store_->accounts().save(known_);
    // Most changes move a balance and nothing else.
    auto moved = standing_before_;
    moved.status = standing_.status;
    moved.balance = standing_.balance;
    moved.debt = standing_.debt;
    moved.moved_at = standing_.moved_at;
    if (moved == standing_) {
        if (!(moved == standing_before_))
            store_->accounts().move(standing_);
        return {};
    }
    if (!store_->accounts().save(standing_)) {
        return refuse(
            Exit::refused,
            "meter_taken",
            "the meter serves another account",
            "usagectl account list --meter shows which"
        );
    }
    return {};
}

}  // namespace usagectl::app
