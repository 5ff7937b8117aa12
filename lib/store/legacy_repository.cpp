// SPDX-License-Identifier: MIT
#include "store/legacy_repository.hpp"

#include "store/account_rows.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::string_view account_columns_of_legacy =
    "account, name, street, city, state, county, postal_code, contacts, language, meter,"
    " meter_number, begin_reading_wh, installed_on, last_read_on, cycle_day, past_due,"
    " unbilled_wh, unbilled, deposit, critical_care, chronic_condition, medical, tax_exempt,"
    " extract, at";

std::optional<bool> optional_flag(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column) != 0);
}

Value nullable_flag(const std::optional<bool>& flag) {
    return flag ? Value(std::int64_t{*flag}) : Value();
}

std::optional<std::string> sound(const std::optional<std::string>& text) {
    return text ? std::optional(sound_text(*text)) : std::nullopt;
}

app::LegacyAccount read_legacy_account(const Row& row) {
    app::LegacyAccount account;
    auto& facts = account.facts;
    facts.account = row.text(0);
    facts.name = row.text(1);
    facts.address = {
        std::string(row.text(2)),
        std::string(row.text(3)),
        std::string(row.text(4)),
        std::string(row.text(5)),
        std::string(row.text(6)),
    };
    facts.contacts = read_contacts(row.text(7));
    facts.language = optional_text(row, 8);
    facts.meter = optional_text(row, 9);
    facts.meter_facts = {
        optional_text(row, 10),
        optional_integer(row, 11),
        optional_day(row, 12),
        optional_day(row, 13),
    };
    facts.cycle_day = optional_integer(row, 14);
    facts.past_due = optional_money(row, 15);
    facts.unbilled_wh = optional_integer(row, 16);
    facts.unbilled = optional_money(row, 17);
    facts.deposit = optional_money(row, 18);
    facts.critical_care = optional_flag(row, 19);
    facts.chronic_condition = optional_flag(row, 20);
    facts.medical = optional_flag(row, 21);
    facts.tax_exempt = optional_flag(row, 22);
    account.extract = row.integer(23);
    account.at = instant(row.integer(24));
    return account;
}

}  // namespace

std::optional<app::LegacyAccount> LegacyRepository::find(std::string_view account) {
    const std::string wanted = sound_text(account);
    std::optional<app::LegacyAccount> found;
    each_row(
        session_,
        "select " + std::string(account_columns_of_legacy) +
            " from legacy_account where account = $1",
        {std::string_view(wanted)},
        [&](const Row& row) { found = read_legacy_account(row); }
    );
    return found;
}

void LegacyRepository::save(const app::LegacyAccount& account) {
    static const std::string sql =
        "insert into legacy_account (" + std::string(account_columns_of_legacy) +
        ") values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,"
        " $18, $19, $20, $21, $22, $23, $24, $25) on conflict (account) do update set"
        " name = excluded.name, street = excluded.street, city = excluded.city,"
        " state = excluded.state, county = excluded.county, postal_code = excluded.postal_code,"
        " contacts = excluded.contacts, language = excluded.language, meter = excluded.meter,"
        " meter_number = excluded.meter_number, begin_reading_wh = excluded.begin_reading_wh,"
        " installed_on = excluded.installed_on, last_read_on = excluded.last_read_on,"
        " cycle_day = excluded.cycle_day, past_due = excluded.past_due,"
        " unbilled_wh = excluded.unbilled_wh, unbilled = excluded.unbilled,"
        " deposit = excluded.deposit, critical_care = excluded.critical_care,"
        " chronic_condition = excluded.chronic_condition, medical = excluded.medical,"
        " tax_exempt = excluded.tax_exempt, extract = excluded.extract, at = excluded.at";
    const auto& facts = account.facts;
    const std::string name = sound_text(facts.name);
    const std::string street = sound_text(facts.address.street);
    const std::string city = sound_text(facts.address.city);
    const std::string state = sound_text(facts.address.state);
    const std::string county = sound_text(facts.address.county);
    const std::string postal_code = sound_text(facts.address.postal_code);
    const std::string contacts = sound_text(write_contacts(facts.contacts));
    const auto meter_number = sound(facts.meter_facts.number);
    run(session_,
        sql,
        {std::string_view(facts.account),
         name,
         street,
         city,
         state,
         county,
         postal_code,
         contacts,
         nullable(facts.language),
         nullable(facts.meter),
         nullable(meter_number),
         nullable(facts.meter_facts.begin_reading_wh),
         nullable(facts.meter_facts.installed_on),
         nullable(facts.meter_facts.last_read_on),
         nullable(facts.cycle_day),
         nullable(facts.past_due),
         nullable(facts.unbilled_wh),
         nullable(facts.unbilled),
         nullable(facts.deposit),
         nullable_flag(facts.critical_care),
         nullable_flag(facts.chronic_condition),
         nullable_flag(facts.medical),
         nullable_flag(facts.tax_exempt),
         account.extract,
         unix_seconds(account.at)});
}

bool LegacyRepository::any_extract() {
    return find_integer(session_, "select number from legacy_extract limit 1", {}).has_value();
}

std::optional<app::LegacyExtract> LegacyRepository::extract(std::string_view sha256) {
    std::optional<app::LegacyExtract> found;
    each_row(
        session_,
        "select number, sha256, path, lines, added, changed, unchanged, rejected, at, actor"
        " from legacy_extract where sha256 = $1",
        {sha256},
        [&](const Row& row) {
            found = app::LegacyExtract{
                row.integer(0),
                std::string(row.text(1)),
                std::string(row.text(2)),
                row.integer(3),
                row.integer(4),
                row.integer(5),
                row.integer(6),
                row.integer(7),
                instant(row.integer(8)),
                std::string(row.text(9)),
            };
        }
    );
    return found;
}

std::int64_t LegacyRepository::next_extract() {
    lock_until_end(session_, Lock::legacy);
    return find_integer(session_, "select max(number) from legacy_extract", {}).value_or(0) + 1;
}

void LegacyRepository::append(const app::LegacyExtract& extract) {
    const std::string path = sound_text(extract.path);
    const std::string actor = sound_text(extract.actor);
    run(session_,
        "insert into legacy_extract (number, sha256, path, lines, added, changed, unchanged,"
        " rejected, at, actor) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        {extract.number,
         extract.sha256,
         path,
         extract.lines,
         extract.added,
         extract.changed,
         extract.unchanged,
         extract.rejected,
         unix_seconds(extract.at),
         actor});
}

}  // namespace usagectl::store
