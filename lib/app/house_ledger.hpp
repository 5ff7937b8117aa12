// SPDX-License-Identifier: MIT
// Entries of the house: they move money between ledger accounts of the utility's own, and no
// customer's balance.
#pragma once

#include <string>
#include <vector>

#include "app/store.hpp"

namespace usagectl::app {

// Two sides of the same amount.
struct HouseMove {
    std::string debit;  // names of the chart
    std::string credit;
    Money amount;
};

// Appends one entry that holds and is known at `now`, on the local day `day`; moves of nothing are
// left out, and an entry of none is not written (none). The stock of cards must be locked: it is
// what keeps two from taking the same place.
[[nodiscard]] std::optional<ledger::EntryId> post_house(
    Store& store,
    LocalDay day,
    Instant now,
    const std::string& cause,
    const std::vector<HouseMove>& moves
);

}  // namespace usagectl::app
