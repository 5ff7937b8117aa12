// SPDX-License-Identifier: MIT
// What customers were told of their balance, kept as it was told.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/ledger_store.hpp"

namespace usagectl::app {

struct BalanceQuote {
    ledger::EntryId id;  // the local day it was told on; the place is given by the store
    Instant at{};        // when it was told
    Instant as_of{};
    Instant known_at{};
    Money balance;
    Money posted;
    Money uncharged;
    Money gap_estimate;
    std::string asked_by;
};

class QuoteStore {
public:
    QuoteStore() = default;
    QuoteStore(const QuoteStore&) = delete;
    QuoteStore& operator=(const QuoteStore&) = delete;
    virtual ~QuoteStore() = default;

    // Gives the next place of the account's day. Failure `quotes_full` (4) behind max_place. Two
    // that come at once on PostgreSQL: one of them is a Failure `store_conflict`.
    [[nodiscard]] virtual ledger::EntryId append(BalanceQuote quote) = 0;
    // Of one account, ascending by day and place.
    [[nodiscard]] virtual std::vector<BalanceQuote>
    quotes(ledger::AccountNumber account, const DaySpan& days) = 0;
    // Of every account, ascending by day, account and place.
    virtual void
    each(const DaySpan& days, const std::function<void(const BalanceQuote&)>& visit) = 0;
};

}  // namespace usagectl::app
