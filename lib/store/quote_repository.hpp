// SPDX-License-Identifier: MIT
// Quoted balances in SQL: one row for each answer, found by account and day.
#pragma once

#include "app/quote_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class QuoteRepository final : public app::QuoteStore {
public:
    explicit QuoteRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] ledger::EntryId append(app::BalanceQuote quote) override;
    [[nodiscard]] std::vector<app::BalanceQuote>
    quotes(ledger::AccountNumber account, const app::DaySpan& days) override;
    void each(const app::DaySpan& days, const std::function<void(const app::BalanceQuote&)>& visit)
        override;

private:
    // The days of `wanted` that hold any quote.
    [[nodiscard]] std::optional<app::DaySpan> held(const app::DaySpan& wanted);

    Session& session_;
};

}  // namespace usagectl::store
