// SPDX-License-Identifier: MIT
#include "ledger/journal_text.hpp"

#include <algorithm>
#include <array>

#include "ledger/chart.hpp"

namespace usagectl::ledger {

namespace {

constexpr std::size_t account_width = 56;
constexpr std::size_t amount_width = 14;

// What follows a semicolon is a comment to the readers of a journal.
std::string one_line(std::string_view text) {
    std::string line;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if (code < 0x20 || code == 0x7F)
            line += ' ';
        else
            line += letter == ';' ? ',' : letter;
    }
    return line;
}

}  // namespace

std::string journal_account(std::string_view code) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> classes{{
        {"asset", "Assets"},
        {"liability", "Liabilities"},
        {"equity", "Equity"},
        {"income", "Income"},
        {"expense", "Expenses"},
    }};
    const auto of = class_of(code);
    for (const auto& [one, many] : classes) {
        if (one == of)
            return std::string(many) + std::string(code.substr(of.size()));
    }
    return "Equity:Unclassified:" + std::string(code);
}

std::string journal_customer(std::string_view account_id) {
    return "Liabilities:Customer:" + std::string(account_id);
}

void write_journal(const JournalEntry& entry, std::string& out) {
    out += format_day(entry.day) + " * (" + entry.name + ") " + one_line(entry.description) + "\n";
    for (const auto& line : entry.lines) {
        const auto amount = format_money(line.amount);
        std::string account = "    " + line.account;
        account.resize(std::max(account.size(), account_width), ' ');
        const auto fill = amount_width - std::min(amount_width, amount.size());
        // Two blanks end the name of an account.
        out += account + "  " + std::string(fill, ' ') + amount + " " + entry.currency + "\n";
    }
    out += '\n';
}

}  // namespace usagectl::ledger
