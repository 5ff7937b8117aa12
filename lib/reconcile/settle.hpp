// SPDX-License-Identifier: MIT
// The entry that makes the ledger equal to the bill (source: US 8,095,475, figure 8, steps 190, 196
// and 198).
#pragma once

#include <string>
#include <vector>

#include "ledger/entry.hpp"
#include "reconcile/figures.hpp"

namespace usagectl::reconcile {

// One side of the entry by the name of its account in the chart; debits positive.
struct Side {
    std::string code;
    Money amount;
};

// Adds up to what the customer's balance gains: estimated less actual. The estimated PCA leaves
// clearing and the actual one becomes revenue, so the sides are not empty whenever there was any.
// What the bill has in additional charges is the legacy system's: it is owed to the true-up.
[[nodiscard]] std::vector<Side> settle(const Figures& actual, const Figures& estimated);

}  // namespace usagectl::reconcile
