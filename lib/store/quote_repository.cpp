// SPDX-License-Identifier: MIT
#include "store/quote_repository.hpp"

#include <algorithm>

#include "store/account_days.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::string_view quote_columns =
    "t.slot, t.at, t.as_of, t.known_at, t.balance, t.posted, t.uncharged, t.gap_estimate,"
    " t.asked_by";

app::BalanceQuote read_quote(const Row& row) {
    app::BalanceQuote quote;
    quote.id = AccountSlot(row.integer(0)).id();
    quote.at = instant(row.integer(1));
    quote.as_of = instant(row.integer(2));
    quote.known_at = instant(row.integer(3));
    quote.balance = money_in(row, 4);
    quote.posted = money_in(row, 5);
    quote.uncharged = money_in(row, 6);
    quote.gap_estimate = money_in(row, 7);
    quote.asked_by = row.text(8);
    return quote;
}

}  // namespace

ledger::EntryId QuoteRepository::append(app::BalanceQuote quote) {
    const auto first = AccountSlot::first_of(quote.id.account, quote.id.day);
    const auto last = find_integer(
        session_,
        "select max(slot) from balance_quote where slot >= $1 and slot < $2",
        {first, first + AccountSlot::one_account}
    );
    quote.id.place = last ? AccountSlot(*last).id().place + 1 : 1;
    if (quote.id.place > ledger::max_place) {
        throw Failure(Error{
            Exit::refused,
            "quotes_full",
            "the balance was told " + std::to_string(ledger::max_place) + " times on " +
                format_day(quote.id.day),
            "ask with --no-record"});
    }
    const std::string asked_by = sound_text(quote.asked_by);
    run(session_,
        "insert into balance_quote (slot, at, as_of, known_at, balance, posted, uncharged,"
        " gap_estimate, asked_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {AccountSlot(quote.id).packed(),
         unix_seconds(quote.at),
         unix_seconds(quote.as_of),
         unix_seconds(quote.known_at),
         quote.balance.micro(),
         quote.posted.micro(),
         quote.uncharged.micro(),
         quote.gap_estimate.micro(),
         asked_by});
    return quote.id;
}

std::optional<app::DaySpan> QuoteRepository::held(const app::DaySpan& wanted) {
    std::optional<app::DaySpan> span;
    each_row(
        session_,
        "select (select min(slot) from balance_quote), (select max(slot) from balance_quote)",
        {},
        [&](const Row& row) {
            if (!row.is_null(0)) {
                span = app::DaySpan{
                    std::max(wanted.first, AccountSlot(row.integer(0)).day()),
                    std::min(wanted.last, AccountSlot(row.integer(1)).day())};
            }
        }
    );
    return span && span->first <= span->last ? span : std::nullopt;
}

std::vector<app::BalanceQuote>
QuoteRepository::quotes(ledger::AccountNumber account, const app::DaySpan& days) {
    std::vector<app::BalanceQuote> found;
    const auto span = held(days);
    if (!span)
        return found;
    static const std::string sql = select_days(quote_columns, "balance_quote");
    each_row(
        session_,
        sql,
        {AccountSlot::first_of(account, span->first), AccountSlot::first_of(account, span->last)},
        [&](const Row& row) { found.push_back(read_quote(row)); }
    );
    return found;
}

void QuoteRepository::each(
    const app::DaySpan& days, const std::function<void(const app::BalanceQuote&)>& visit
) {
    const auto span = held(days);
    if (!span)
        return;
    each_in_pages(session_, quote_columns, "balance_quote", *span, read_quote, visit);
}

}  // namespace usagectl::store
