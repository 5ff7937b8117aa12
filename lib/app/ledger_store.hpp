// SPDX-License-Identifier: MIT
// The ledger and the payments behind it, as the store keeps them. Nothing is changed or removed.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/payment_rules.hpp"
#include "ledger/entry.hpp"

namespace usagectl::app {

struct DaySpan {
    LocalDay first{};
    LocalDay last{};  // inclusive
};

// A payment is named as its entry is.
struct Payment {
    ledger::EntryId id;
    account::Method method = account::Method::cash;
    std::string agent;
    std::optional<std::string> reference;
    Money amount;
    Instant at{};
    std::optional<ledger::EntryId> reversed_by;
};

class LedgerStore {
public:
    LedgerStore() = default;
    LedgerStore(const LedgerStore&) = delete;
    LedgerStore& operator=(const LedgerStore&) = delete;
    virtual ~LedgerStore() = default;

    // The number of a name of the chart, made when it is new. Call inside a write transaction.
    [[nodiscard]] virtual ledger::CodeNumber code(std::string_view name) = 0;
    [[nodiscard]] virtual std::string code_name(ledger::CodeNumber number) = 0;

    // The next free place of an account's day, never charge_place. The account must be locked.
    // Failure `ledger_day_full` (4) behind max_place.
    [[nodiscard]] virtual int next_place(ledger::AccountNumber account, LocalDay day) = 0;
    // The entry must be balanced: else it is a Bug.
    virtual void append(const ledger::Entry& entry) = 0;

    [[nodiscard]] virtual std::optional<ledger::Entry> find(const ledger::EntryId& id) = 0;
    // Of one account, ascending by day and place; `known_at`: as it was known then (inclusive).
    [[nodiscard]] virtual std::vector<ledger::Entry> entries(
        ledger::AccountNumber account, const DaySpan& days, std::optional<Instant> known_at = {}
    ) = 0;
    // The days that hold any entry at all; none when the ledger is empty.
    [[nodiscard]] virtual std::optional<DaySpan> extent() = 0;
    // Every entry of every account, ascending by id; for proofs and exports.
    virtual void
    each(const DaySpan& days, const std::function<void(const ledger::Entry&)>& visit) = 0;

    virtual void append_payment(const Payment& payment) = 0;
    [[nodiscard]] virtual std::optional<Payment> payment(const ledger::EntryId& id) = 0;
    [[nodiscard]] virtual std::optional<Payment> payment_by_reference(
        account::Method method, std::string_view agent, std::string_view reference
    ) = 0;
    // Ascending by day and place.
    [[nodiscard]] virtual std::vector<Payment>
    payments(ledger::AccountNumber account, const DaySpan& days) = 0;
    // Of every account, ascending by id.
    virtual void
    each_payment(const DaySpan& days, const std::function<void(const Payment&)>& visit) = 0;
    virtual void mark_reversed(const ledger::EntryId& payment, const ledger::EntryId& by) = 0;
};

}  // namespace usagectl::app
