// SPDX-License-Identifier: MIT
// Postings as the store keeps them, one text an entry: a JSON array that both engines' own
// functions can take apart, written and read here without a JSON library because a nightly run
// writes a million of them.
//
//     [[7,-1230000,0,1,12300,100000000],[9,-200000]]
//
// A posting is code and amount in millionths, and where it has detail component, tier, quantity and
// rate in 10^-9.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/entry.hpp"

namespace usagectl::ledger {

// Appends to `out`.
void write_postings(std::span<const Posting> postings, std::string& out);
// None when the text is not one that write_postings makes.
[[nodiscard]] std::optional<std::vector<Posting>> read_postings(std::string_view text);

}  // namespace usagectl::ledger
