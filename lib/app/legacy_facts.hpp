// SPDX-License-Identifier: MIT
// A new account, as far as the legacy billing system knows it (source: US 8,095,475, figure 3,
// steps 62 to 66).
#pragma once

#include "app/accounts.hpp"
#include "legacy/facts.hpp"

namespace usagectl::app {

// Amounts that a person gave, even if nothing is what was given.
struct GivenAmounts {
    bool past_due = false;
    bool deposit = false;
};

// Completes what the request does not say: an empty text, a list without elements, a cycle day
// of 0. The address is taken part by part, contacts all or none; a flag the extract sets stays set.
// The customer exists already. What neither says stays as it is.
void complete_from_legacy(
    const legacy::Facts& facts, const GivenAmounts& given, CreateAccount& request
);

}  // namespace usagectl::app
