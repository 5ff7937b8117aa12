// SPDX-License-Identifier: MIT
#include "store/role_table.hpp"

#include "base/text.hpp"

namespace usagectl::store {

namespace {

constexpr Roles nobody = 0;
constexpr Roles auditor = bit(app::Role::auditor);
constexpr Roles office = bit(app::Role::operating);
constexpr Roles counter = bit(app::Role::cashier) | office;
constexpr Roles readings = bit(app::Role::ingest) | office;
constexpr Roles writers = counter | readings;
// All but ingest, who has no business with customers.
constexpr Roles people = bit(app::Role::reader) | counter | auditor;
constexpr Roles all = people | readings;

// Columns that identify a row or say when it was made are in no list: they never change.
constexpr TableRule rules[] = {
    {"schema_migration", all},
    {"store_info", all},
    // The server numbers the records; a number given by hand would be a place in the order taken.
    {.table = "audit_record",
     .select = people,
     .insert = writers | auditor,
     .given = "at, actor, os_user, command, arguments, outcome"},
    {"idempotency_key", all, writers},

    // Readings. An account that is made brings its meter along.
    {"meter",
     all,
     writers,
     writers,
     "timezone, provider_of_record, account, multiplier, meter_number"},
    {"source",
     all,
     readings,
     readings,
     "sha256, path, format, status, size, records, intervals, blanks, read_rejected, rounded, "
     "total_wh, first_at, last_at, stored, unchanged, superseded, rejected, meters"},
    {"block", all, readings, readings, "revision, source, data", readings},
    {"block_history", all, readings},
    {"usage_block", all},
    {"remote_file", all, readings, readings, "finished, status"},
    {"market_request",
     all,
     readings,
     readings,
     "state, trans_id, correlation_id, poll_after_ms, polls, decided_at, read_at, register_wh, "
     "word, message, source"},
    {"backfill_request", all, readings, readings, "state, decided_at, intervals, message, send_on"},

    // Prices and rules. What a gap costs is told with it, so that ingest sees tariffs and which of
    // them a meter has, and nobody's name.
    {"tariff", all, office},
    {"weather_emergency", people, office, office, "withdrawn_at, withdrawn_by, withdrawal"},

    // Accounts and their money.
    {"rate_profile", all, counter},
    {"account",
     people,
     counter,
     counter,
     "name, street, city, state, county, postal_code, contacts, language, rule_pack, "
     "critical_care, chronic_condition, medical, tax_exempt, meter_number, begin_reading_wh, "
     "installed_on, last_read_on, due_setup, due_unbilled, due_past, due_postings, deposit, "
     "debt_percent"},
    {"account_standing",
     all,
     counter,
     counter,
     "status, balance, moved_at, debt, meter, profile, charged_through, cycle_day, cycle_start, "
     "cycle_wh, connection, disconnection, grace, low, low_days, wants_daily, changing"},
    {"account_service", people, counter},
    {"account_event", people, counter},
    {"account_preference",
     people,
     counter,
     counter,
     "window_from, window_to, every, contact",
     counter},
    {"ledger_code", people, counter},
    {"ledger_entry", people, counter},
    {"payment", people, counter, counter, "reversed_by"},
    {"service_order",
     people,
     counter,
     counter,
     "state, due_at, exported_at, done_at, decided_at, outcome, held_by"},
    {"notice", people, counter, counter, "state"},
    {"balance_quote", people, counter},

    // Cards. Whoever takes payments spends them; the office makes and moves them.
    {"agent", people, office, counter, "credit"},
    {"card_batch",
     people,
     office,
     office,
     "state, frozen_from, cards, made, print_bytes, agent, confirmed_at, confirmed_by, "
     "proposed_at, proposed_by, activated_at, activated_by"},
    {"card", people, office, counter, "batch, state, frozen_from, used_at, uses, invoice"},
    {"card_event", people, counter},
    {"card_lock", people, counter, counter, "since, refusals, locked_until"},
    {"card_invoice", people, office, office, "paid_at, paid_by, paid_slot"},

    // Nights, the legacy system and its bills.
    {"nightly_step", people, office, office, "state, items, amount, sources, finished_at"},
    {"legacy_extract", people, office},
    {"legacy_account",
     people,
     office,
     office,
     "name, street, city, state, county, postal_code, contacts, language, meter, meter_number, "
     "begin_reading_wh, installed_on, last_read_on, cycle_day, past_due, unbilled_wh, unbilled, "
     "deposit, critical_care, chronic_condition, medical, tax_exempt, extract, at"},
    {"reconcile_run",
     people,
     office,
     office,
     "state, lines, rejected, actual, estimated, absolute, accepted_at, accepted_by, second_at, "
     "second_by, finished_at"},
    {"reconcile_item", people, office, office, "entry, posted_at"},
};

std::set<std::string> columns_of(std::string_view list) {
    std::set<std::string> columns;
    while (!list.empty()) {
        const auto end = list.find(", ");
        columns.emplace(list.substr(0, end));
        list = end == list.npos ? std::string_view() : list.substr(end + 2);
    }
    return columns;
}

}  // namespace

std::span<const TableRule> table_rules() {
    return rules;
}

app::Rights rights_of(const TableRule& rule, std::optional<app::Role> role) {
    app::Rights rights;
    rights.name = rule.table;
    const auto has = [&](Roles who) { return role && (who & bit(*role)) != nobody; };
    if (has(rule.select))
        rights.whole.insert("select");
    if (has(rule.insert) && rule.given.empty())
        rights.whole.insert("insert");
    else if (has(rule.insert))
        rights.by_column["insert"] = columns_of(rule.given);
    if (has(rule.update))
        rights.by_column["update"] = columns_of(rule.changes);
    if (has(rule.remove))
        rights.whole.insert("delete");
    return rights;
}

}  // namespace usagectl::store
