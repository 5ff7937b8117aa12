// SPDX-License-Identifier: MIT
#include "store/account_rows.hpp"

#include "base/text.hpp"
#include "store/sql.hpp"

namespace usagectl::store {

namespace {

account::Status status_of(std::string_view word) {
    const auto status = account::parse_status(word);
    if (!status)
        throw_word_unknown("status of an account", word);
    return *status;
}

}  // namespace

void throw_word_unknown(std::string_view what, std::string_view word) {
    throw Failure(
        "store_damaged",
        quoted(word) + " is no " + std::string(what),
        "a newer usagectl may have written it; usagectl db status shows the schema"
    );
}

account::Standing read_standing(const Row& row, int first) {
    account::Standing standing;
    standing.account = row.integer(first);
    standing.status = status_of(row.text(first + 1));
    standing.balance = money_in(row, first + 2);
    standing.debt = money_in(row, first + 3);
    standing.meter = optional_integer(row, first + 4);
    standing.profile = row.integer(first + 5);
    standing.charged_through = optional_day(row, first + 6);
    standing.cycle_day = row.integer(first + 7);
    standing.cycle_start = day_in(row, first + 8);
    standing.cycle_wh = row.integer(first + 9);
    standing.thresholds = {
        money_in(row, first + 10),
        money_in(row, first + 11),
        money_in(row, first + 12),
        money_in(row, first + 13),
        optional_integer(row, first + 14),
    };
    standing.wants_daily = row.integer(first + 15) != 0;
    standing.changing = row.integer(first + 16) != 0;
    standing.moved_at = instant(row.integer(first + 17));
    standing.meter_id = row.text(first + 18);
    standing.timezone = row.text(first + 19);
    return standing;
}

account::Account read_account(const Row& row, int first) {
    account::Account account;
    account.id = row.text(first);
    account.name = row.text(first + 1);
    account.address = {
        std::string(row.text(first + 2)),
        std::string(row.text(first + 3)),
        std::string(row.text(first + 4)),
        std::string(row.text(first + 5)),
        std::string(row.text(first + 6)),
    };
    account.contacts = read_contacts(row.text(first + 7));
    account.language = row.text(first + 8);
    account.rule_pack = row.text(first + 9);
    account.flags = {
        row.integer(first + 10) != 0,
        row.integer(first + 11) != 0,
        row.integer(first + 12) != 0,
        row.integer(first + 13) != 0,
        row.integer(first + 14) != 0,
    };
    account.meter_facts = {
        optional_text(row, first + 15),
        optional_integer(row, first + 16),
        optional_day(row, first + 17),
        optional_day(row, first + 18),
    };
    account.minimum_due = {
        money_in(row, first + 19),
        money_in(row, first + 20),
        money_in(row, first + 21),
        std::string(row.text(first + 22)),
    };
    account.deposit = money_in(row, first + 23);
    account.debt_percent = row.integer(first + 24);
    account.created_at = instant(row.integer(first + 25));
    return account;
}

std::vector<account::Contact> read_contacts(std::string_view text) {
    std::vector<account::Contact> contacts;
    for (const auto& line : read_names(text)) {
        const auto kind = line.find(' ');
        const auto rank = kind == std::string::npos ? kind : line.find(' ', kind + 1);
        if (rank == std::string::npos)
            throw_word_unknown("contact of an account", line);
        contacts.push_back(
            {line.substr(0, kind) == "email" ? account::ContactKind::email
                                             : account::ContactKind::phone,
             line.substr(rank + 1),
             line.substr(kind + 1, rank - kind - 1) == "primary"}
        );
    }
    return contacts;
}

std::string write_contacts(const std::vector<account::Contact>& contacts) {
    std::string text;
    for (const auto& contact : contacts) {
        text += contact.kind == account::ContactKind::email ? "email " : "phone ";
        text += contact.primary ? "primary " : "secondary ";
        text += contact.value + '\n';
    }
    return text;
}

std::string write_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& name : names)
        text += name + '\n';
    return text;
}

std::vector<std::string> read_names(std::string_view text) {
    std::vector<std::string> names;
    while (!text.empty()) {
        const auto end = text.find('\n');
        names.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return names;
}

}  // namespace usagectl::store
