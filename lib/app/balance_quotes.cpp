// SPDX-License-Identifier: MIT
#include "app/balance_quotes.hpp"

#include "app/names.hpp"

namespace usagectl::app {

namespace {

// Two that are told of the same account at the same moment want the same place; the next try of
// one of them finds it taken.
constexpr int most_tries = 5;

BalanceParts parts_of(const BalanceQuote& quote) {
    return {quote.posted, quote.uncharged, quote.gap_estimate};
}

}  // namespace

std::string
keep_quote(Store& store, const BalanceAnswer& answer, const std::string& asked_by, Instant now) {
    const auto& then = answer.then;
    BalanceQuote quote;
    quote.id = {then.known.number, then.zone->day_of(now), 0};
    quote.at = now;
    quote.as_of = then.moment.as_of;
    quote.known_at = then.moment.known_at;
    quote.balance = answer.parts.balance();
    quote.posted = answer.parts.posted;
    quote.uncharged = answer.parts.uncharged;
    quote.gap_estimate = answer.parts.gap_estimate;
    quote.asked_by = asked_by;
    for (int tried = 1;; ++tried) {
        try {
            ledger::EntryId id;
            store.write_soon([&] { id = store.quotes().append(quote); });
            return name_of(Named::quote, then.known.account.id, id);
        } catch (const Failure& failure) {
            if (failure.error().code != "store_conflict" || tried == most_tries)
                throw;
        }
    }
}

std::optional<std::string> find_quote(Store& store, const BalanceAnswer& answer) {
    const auto& then = answer.then;
    const auto day = then.zone->day_of(then.moment.known_at);
    for (const auto& quote : store.quotes().quotes(then.known.number, {day, day})) {
        const bool same = quote.as_of == then.moment.as_of &&
                          quote.known_at == then.moment.known_at && parts_of(quote) == answer.parts;
        if (same)
            return name_of(Named::quote, then.known.account.id, quote.id);
    }
    return std::nullopt;
}

}  // namespace usagectl::app
