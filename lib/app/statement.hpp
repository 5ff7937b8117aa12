// SPDX-License-Identifier: MIT
// The summary of usage and payment a prepay customer may ask for: by calendar month what was used,
// charged and paid, and the average price, for up to twelve months (source: 16 TAC 25.498, summary
// of usage and payment).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/accounts.hpp"

namespace usagectl::app {

// What an account's entries of some days come to. closing = opening - charges + paid - reversed -
// to_debt + adjustments.
struct StatementFigures {
    Money opening;
    Money closing;
    std::int64_t wh = 0;  // charged for
    Money charges;        // with taxes and fees
    Money paid;           // deposits that were applied included
    Money reversed;       // payments that were taken back
    Money to_debt;        // the part of paid, less that of reversed, that went to old debt
    Money adjustments;    // true-ups against the legacy bill, settlement
    // Charges for a kWh, in millionths, rounded half-even; none: nothing was used.
    [[nodiscard]] std::optional<Money> average() const;
};

struct StatementMonth {
    LocalDay first{};
    LocalDay last{};  // inclusive, both within the span asked for
    StatementFigures figures;
};

// A component of the tariff versions that were charged by, by name and kind, or what else charges
// stand for: setup, fee, tax, legacy.
struct StatementLine {
    std::string kind;
    std::string name;
    std::int64_t wh = 0;  // of components by the kWh
    Money amount;         // positive: charged
};

struct Statement {
    AccountShown shown;
    LocalDay from{};
    LocalDay to{};
    std::vector<StatementMonth> months;  // every month of the span, also those with nothing
    std::vector<StatementLine> lines;    // energy first, taxes last; by name within a kind
    StatementFigures total;
};

struct StatementAsked {
    std::string account;
    std::optional<LocalDay> from = {};  // none: eleven months before the month of `to`
    std::optional<LocalDay> to = {};    // inclusive; none: today
    Instant now{};
};
// Inside a transaction. Errors: `account_unknown` (3), `range_reversed`, `range_too_long` (2: more
// than twelve calendar months).
[[nodiscard]] Result<Statement>
account_statement(Store& store, const StatementAsked& asked, const Prepay& prepay);

}  // namespace usagectl::app
