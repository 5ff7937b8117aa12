// SPDX-License-Identifier: MIT
#include "app/balance_drift.hpp"

#include "app/names.hpp"

namespace usagectl::app {

namespace {

Money magnitude(Money amount) {
    return amount < Money() ? -amount : amount;
}

}  // namespace

DriftTally find_quote_drift(
    Store& store,
    const DriftQuestion& question,
    const Prepay& prepay,
    const std::function<void(const QuoteDrift&)>& visit
) {
    DriftTally tally;
    store.quotes().each(question.days, [&](const BalanceQuote& quote) {
        const auto known = store.accounts().find(quote.id.account);
        if (!known)
            return;
        const auto& id = known->account.id;
        const BalanceQuestion again{id, quote.as_of, std::nullopt, question.now, question.asker};
        const auto answer = balance_of(store, again, prepay);
        if (!answer && answer.error().code == "not_provider_of_record")
            return;
        ++tally.quotes;
        if (!answer) {
            ++tally.unknown;
            return;
        }
        QuoteDrift drift{
            id,
            name_of(Named::quote, id, quote.id),
            quote.balance,
            answer->parts.balance(),
            quote.at,
            quote.asked_by};
        if (magnitude(drift.difference()) <= question.more_than)
            return;
        ++tally.wrong;
        visit(drift);
    });
    return tally;
}

}  // namespace usagectl::app
