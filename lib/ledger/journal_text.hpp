// SPDX-License-Identifier: MIT
// The journal as plain text that ledger(1), hledger and beancount's converters read: one
// transaction an entry, customers as liabilities, every amount exact.
//
//     2026-11-20 * (E-A-1001-20261120-0) charge
//         Income:energy:Energy_Charge            -3.00 USD
//         Liabilities:Tax:city:City_tax          -0.20 USD
//         Liabilities:Customer:A-1001             3.20 USD
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/entry.hpp"

namespace usagectl::ledger {

struct JournalEntry {
    LocalDay day{};
    std::string name;         // of the entry
    std::string description;  // one line of it is written
    struct Line {
        std::string account;
        Money amount;  // debits positive
    };
    std::vector<Line> lines;
    std::string currency;
};

// "Assets:Cash:counter" of "asset:cash:counter": the class in the plural, as such tools expect it.
[[nodiscard]] std::string journal_account(std::string_view code);
[[nodiscard]] std::string journal_customer(std::string_view account_id);

// Appends to `out`, with an empty line behind it.
void write_journal(const JournalEntry& entry, std::string& out);

}  // namespace usagectl::ledger
