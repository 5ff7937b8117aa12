// SPDX-License-Identifier: MIT
// What the legacy billing system has to be told: charges it does not know, and accounts that are
// new (source: US 8,095,475, figure 9, step 220; figure 2, step 50).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/prepay.hpp"
#include "app/store.hpp"

namespace usagectl::app {

struct LegacyExported {
    std::int64_t rows = 0;
    Money amount;  // of charges
};

// Rows of text, each with its line feed.
using LegacySink = std::function<void(std::string_view rows)>;

// CSV of legacy::charges_layout(): one row for each account, local day and line of options, fees
// and minimums, corrections taken off, and of taxes on fees; taxes on options and minimums cannot
// be told from the day's others and stay out. Ascending by day, account and line: the same ledger
// gives the same bytes. For one day, as the nightly process has it, or for a span.
[[nodiscard]] LegacyExported
export_prepay_charges(Store& store, LocalDay day, const Prepay& prepay, const LegacySink& sink);
[[nodiscard]] LegacyExported export_prepay_charges(
    Store& store, const DaySpan& days, const Prepay& prepay, const LegacySink& sink
);

// CSV of legacy::accounts_layout(): accounts made on these local days of the configured zone,
// ascending by account.
[[nodiscard]] LegacyExported export_new_accounts(
    Store& store, const DaySpan& days, const Prepay& prepay, const LegacySink& sink
);

}  // namespace usagectl::app
