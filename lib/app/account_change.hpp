// SPDX-License-Identifier: MIT
// A change of one account inside a write transaction: its standing is locked, moved by entries,
// followed by what the move calls for, and saved once at the end.
#pragma once

#include <string>
#include <vector>

#include "account/payment_rules.hpp"
#include "app/actor.hpp"
#include "app/prepay.hpp"
#include "app/store.hpp"
#include "base/zone.hpp"

namespace usagectl::app {

// An order this change made, cancelled or left as it was.
struct OrderTouched {
    ServiceOrder order;
    std::string name;
};

class AccountChange {
public:
    // Locks the account. `now` is when all of the change becomes known. Errors: `account_unknown`
    // (3), `clock_backwards` (4: something is known of the account from later than now).
    [[nodiscard]] static Result<AccountChange> begin(
        Store& store,
        std::string_view account_id,
        const Prepay& prepay,
        std::string actor,
        Instant now
    );

    [[nodiscard]] const KnownAccount& known() const { return known_; }
    [[nodiscard]] account::Account& account() { return known_.account; }
    [[nodiscard]] account::Standing& standing() { return standing_; }
    [[nodiscard]] const account::Standing& standing() const { return standing_; }
    [[nodiscard]] const Zone& zone() const { return *zone_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] LocalDay today() const { return zone_->day_of(now_); }
    [[nodiscard]] const std::vector<OrderTouched>& orders() const { return touched_; }

    // Appends an entry that holds at `at`; the amount is the sum of its postings and moves the
    // balance. Error `balance_out_of_range` (4).
    struct Move {
        ledger::Kind kind = ledger::Kind::payment;
        Instant at{};
        std::string cause;
        std::vector<ledger::Posting> postings;
        ledger::Basis basis = {};
        std::optional<LocalDay> day = {};  // none: the local day of `at`
    };
    [[nodiscard]] Result<ledger::EntryId> post(Move move);

    // Error `status_impossible` (4).
    [[nodiscard]] Result<void> become(account::Status status, const std::string& cause);
    // Orders, cancellations and status that follow from the balance (account/payment_rules.hpp).
    [[nodiscard]] Result<void>
    follow(const account::Consequence& consequence, const std::string& cause);
    [[nodiscard]] account::AfterBalance after_balance();

    // None when one of the kind is open already.
    std::optional<ServiceOrder> order(account::OrderKind kind, const std::string& reason);
    // The same of an order that says more; its id and when it was made are filled in.
    std::optional<ServiceOrder> order(ServiceOrder wanted);
    void cancel(account::OrderKind kind, const std::string& reason);
    // One that is open.
    void cancel(ServiceOrder order, const std::string& reason);
    // The open order of a kind, if there is one.
    [[nodiscard]] std::optional<ServiceOrder> open_order(account::OrderKind kind);
    // An order goes on. Error `order_state_impossible` (4).
    [[nodiscard]] Result<void>
    advance(ServiceOrder order, account::OrderState state, const std::string& outcome = {});
    // `figures` is a JSON object. Due within the windows the customer prefers for the type, else
    // within a day.
    void notice(account::NoticeType type, std::string figures);
    void note_event(std::string field, std::string before, std::string after, std::string cause);

    // Writes account and standing back. Error `meter_taken` (4: it serves another account).
    [[nodiscard]] Result<void> finish();

private:
    AccountChange(
        Store& store, AccountStore::Locked locked, const Prepay& prepay, std::string actor
    );

    Store* store_;
    const Prepay* prepay_;
    KnownAccount known_;
    account::Account before_;  // as they are stored
    account::Standing standing_before_;
    account::Standing standing_;
    const Zone* zone_ = nullptr;
    std::string actor_;
    Instant now_{};
    std::vector<OrderTouched> touched_;
};

// The refusal every question about an account begins with.
[[nodiscard]] Error unknown_account(std::string_view account_id);
// The zone an account's days are in: its meter's, else the configured one.
[[nodiscard]] const Zone& zone_of(const account::Standing& standing, const Prepay& prepay);

}  // namespace usagectl::app
