// SPDX-License-Identifier: MIT
#include "store/ledger_repository.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "ledger/posting_text.hpp"
#include "store/account_days.hpp"
#include "store/account_rows.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::string_view entry_columns =
    "t.slot, t.kind, t.at, t.known_at, t.amount, t.cause, t.profile, t.version, t.cycle_wh,"
    " t.vee_wh, t.raw_wh, t.estimated_wh, t.postings";

ledger::Entry read_entry(const Row& row) {
    ledger::Entry entry;
    entry.id = AccountSlot(row.integer(0)).id();
    const auto kind = ledger::parse_kind(row.text(1));
    if (!kind)
        throw_word_unknown("kind of a ledger entry", row.text(1));
    entry.kind = *kind;
    entry.at = instant(row.integer(2));
    entry.known_at = instant(row.integer(3));
    entry.amount = money_in(row, 4);
    entry.cause = row.text(5);
    entry.basis = {
        row.integer(6),
        row.integer(7),
        row.integer(8),
        row.integer(9),
        row.integer(10),
        row.integer(11),
    };
    auto postings = ledger::read_postings(row.text(12));
    if (!postings)
        throw_word_unknown("list of postings", row.text(12));
    entry.postings = std::move(*postings);
    return entry;
}

app::Payment read_payment(const Row& row) {
    app::Payment payment;
    payment.id = AccountSlot(row.integer(0)).id();
    const auto method = account::parse_method(row.text(1));
    if (!method)
        throw_word_unknown("method of a payment", row.text(1));
    payment.method = *method;
    payment.agent = row.text(2);
    payment.reference = optional_text(row, 3);
    payment.amount = money_in(row, 4);
    payment.at = instant(row.integer(5));
    if (!row.is_null(6))
        payment.reversed_by = AccountSlot(row.integer(6)).id();
    return payment;
}

constexpr std::string_view payment_columns =
    "t.slot, t.method, t.agent, t.reference, t.amount, t.at, t.reversed_by";

std::string select_from(std::string_view columns, std::string_view table, std::string_view rest) {
    return "select " + std::string(columns) + " from " + std::string(table) + " t " +
           std::string(rest);
}

}  // namespace

ledger::CodeNumber LedgerRepository::code(std::string_view name) {
    if (const auto known = codes_.find(name); known != codes_.end())
        return known->second;
    constexpr std::string_view find = "select number from ledger_code where code = $1";
    auto number = find_integer(session_, find, {name});
    if (!number) {
        lock_until_end(session_, Lock::codes);
        number = find_integer(session_, find, {name});
    }
    if (!number) {
        number = find_integer(session_, "select max(number) from ledger_code", {}).value_or(0) + 1;
        run(session_, "insert into ledger_code (number, code) values ($1, $2)", {*number, name});
    }
    codes_.emplace(name, *number);
    return *number;
}

std::string LedgerRepository::code_name(ledger::CodeNumber number) {
    if (const auto known = names_.find(number); known != names_.end())
        return known->second;
    std::string name;
    each_row(
        session_,
        "select code from ledger_code where number = $1",
        {number},
        [&](const Row& row) { name = row.text(0); }
    );
    if (name.empty())
        throw_word_unknown("number of the chart of accounts", std::to_string(number));
    names_.emplace(number, name);
    return name;
}

void LedgerRepository::forget() {
    codes_.clear();
    names_.clear();
}

int LedgerRepository::next_place(ledger::AccountNumber account, LocalDay day) {
    const auto first = AccountSlot::first_of(account, day);
    const auto last = find_integer(
        session_,
        "select max(slot) from ledger_entry where slot >= $1 and slot < $2",
        {first, first + AccountSlot::one_account}
    );
    const int place = last ? AccountSlot(*last).id().place + 1 : ledger::charge_place + 1;
    if (place > ledger::max_place) {
        throw Failure(Error{
            Exit::refused,
            "ledger_day_full",
            "the account has " + std::to_string(ledger::max_place) + " entries on " +
                format_day(day),
            "post on another day"});
    }
    return std::max(place, ledger::charge_place + 1);
}

void LedgerRepository::append(const ledger::Entry& entry) {
    USAGECTL_ASSERT(ledger::balanced(entry));
    std::string postings;
    ledger::write_postings(entry.postings, postings);
    const std::string cause = sound_text(entry.cause);
    run(session_,
        "insert into ledger_entry (slot, kind, at, known_at, amount, cause, profile, version,"
        " cycle_wh, vee_wh, raw_wh, estimated_wh, postings)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {AccountSlot(entry.id).packed(),
         ledger::to_string(entry.kind),
         unix_seconds(entry.at),
         unix_seconds(entry.known_at),
         entry.amount.micro(),
         cause,
         entry.basis.profile,
         entry.basis.version,
         entry.basis.cycle_wh,
         entry.basis.vee_wh,
         entry.basis.raw_wh,
         entry.basis.estimated_wh,
         postings});
}

std::optional<ledger::Entry> LedgerRepository::find(const ledger::EntryId& id) {
    std::optional<ledger::Entry> found;
    each_row(
        session_,
        select_from(entry_columns, "ledger_entry", "where t.slot = $1"),
        {AccountSlot(id).packed()},
        [&](const Row& row) { found = read_entry(row); }
    );
    return found;
}

std::optional<app::DaySpan> LedgerRepository::extent() {
    std::optional<app::DaySpan> span;
    each_row(
        session_,
        "select (select min(slot) from ledger_entry), (select max(slot) from ledger_entry)",
        {},
        [&](const Row& row) {
            if (!row.is_null(0)) {
                span = app::DaySpan{
                    AccountSlot(row.integer(0)).day(), AccountSlot(row.integer(1)).day()};
            }
        }
    );
    return span;
}

std::optional<app::DaySpan> LedgerRepository::held(const app::DaySpan& wanted) {
    auto span = extent();
    if (!span)
        return std::nullopt;
    span->first = std::max(span->first, wanted.first);
    span->last = std::min(span->last, wanted.last);
    if (span->last < span->first)
        return std::nullopt;
    return span;
}

std::vector<ledger::Entry> LedgerRepository::entries(
    ledger::AccountNumber account, const app::DaySpan& days, std::optional<Instant> known_at
) {
    std::vector<ledger::Entry> found;
    const auto span = held(days);
    if (!span)
        return found;
    static const std::string sql = select_days(entry_columns, "ledger_entry");
    each_row(
        session_,
        sql,
        {AccountSlot::first_of(account, span->first), AccountSlot::first_of(account, span->last)},
        [&](const Row& row) {
            if (!known_at || row.integer(3) <= unix_seconds(*known_at))
                found.push_back(read_entry(row));
        }
    );
    return found;
}

void LedgerRepository::each(
    const app::DaySpan& days, const std::function<void(const ledger::Entry&)>& visit
) {
    const auto span = held(days);
    if (!span)
        return;
    each_in_pages(session_, entry_columns, "ledger_entry", *span, read_entry, visit);
}

void LedgerRepository::append_payment(const app::Payment& payment) {
    const std::string agent = sound_text(payment.agent);
    const auto reference =
        payment.reference ? std::optional(sound_text(*payment.reference)) : std::nullopt;
    run(session_,
        "insert into payment (slot, method, agent, reference, amount, at)"
        " values ($1, $2, $3, $4, $5, $6)",
        {AccountSlot(payment.id).packed(),
         account::to_string(payment.method),
         agent,
         nullable(reference),
         payment.amount.micro(),
         unix_seconds(payment.at)});
}

std::optional<app::Payment> LedgerRepository::payment(const ledger::EntryId& id) {
    std::optional<app::Payment> found;
    each_row(
        session_,
        select_from(payment_columns, "payment", "where t.slot = $1"),
        {AccountSlot(id).packed()},
        [&](const Row& row) { found = read_payment(row); }
    );
    return found;
}

std::optional<app::Payment> LedgerRepository::payment_by_reference(
    account::Method method, std::string_view agent, std::string_view reference
) {
    const std::string by = sound_text(agent);
    const std::string wanted = sound_text(reference);
    std::optional<app::Payment> found;
    each_row(
        session_,
        select_from(
            payment_columns, "payment", "where t.reference = $1 and t.method = $2 and t.agent = $3"
        ),
        {std::string_view(wanted), account::to_string(method), std::string_view(by)},
        [&](const Row& row) { found = read_payment(row); }
    );
    return found;
}

std::vector<app::Payment>
LedgerRepository::payments(ledger::AccountNumber account, const app::DaySpan& days) {
    std::vector<app::Payment> found;
    const auto span = held(days);
    if (!span)
        return found;
    static const std::string sql = select_days(payment_columns, "payment");
    each_row(
        session_,
        sql,
        {AccountSlot::first_of(account, span->first), AccountSlot::first_of(account, span->last)},
        [&](const Row& row) { found.push_back(read_payment(row)); }
    );
    return found;
}

void LedgerRepository::each_payment(
    const app::DaySpan& days, const std::function<void(const app::Payment&)>& visit
) {
    each_in_pages(session_, payment_columns, "payment", days, read_payment, visit);
}

void LedgerRepository::mark_reversed(const ledger::EntryId& payment, const ledger::EntryId& by) {
    run(session_,
        "update payment set reversed_by = $2 where slot = $1",
        {AccountSlot(payment).packed(), AccountSlot(by).packed()});
}

}  // namespace usagectl::store
