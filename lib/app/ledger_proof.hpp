// SPDX-License-Identifier: MIT
// Proof that the ledger is whole: every entry balances, every balance is the fold of its entries,
// every payment has its entry and every entry of a payment its payment. The memory it takes does
// not grow with the ledger: accounts are folded a million at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "app/store.hpp"

namespace usagectl::app {

struct LedgerFinding {
    // unbalanced, charge_place, charge_not_at_its_place, balance_differs, charged_later,
    // account_missing, payment_without_entry, entry_without_payment, payment_amount_differs,
    // reversal_without_payment, reversal_differs
    std::string what;
    std::string account;  // its own number, or the store's where there is no such account
    std::string entry;    // its name; empty: the account as a whole
    std::string detail;
};

struct LedgerTally {
    std::int64_t entries = 0;
    std::int64_t payments = 0;
    // Not counted for a span of days: a balance is the fold of all of them.
    std::optional<std::int64_t> accounts = {};
    Money customers;  // what the entries add to the balances of customers
    Money house;      // and to everything else, debits positive: the same, when all is well
    std::int64_t findings = 0;
};

// `days`: none: all of them. Inside a transaction.
LedgerTally prove_ledger(
    Store& store,
    const std::optional<DaySpan>& days,
    const std::function<void(const LedgerFinding&)>& finding
);

// The entries as a plain-text journal, handed out in pieces. Inside a transaction.
void export_journal(
    Store& store,
    const DaySpan& days,
    const std::string& currency,
    const std::function<void(const std::string& text)>& piece
);

inline constexpr DaySpan every_day{local_day(0), local_day((1 << 17) - 1)};

}  // namespace usagectl::app
