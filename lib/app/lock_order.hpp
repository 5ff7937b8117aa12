// SPDX-License-Identifier: MIT
// Whoever changes several accounts in one transaction locks them in one order, that of their ids
// byte by byte: then no two transactions wait for each other in a circle, which PostgreSQL would
// end by giving up one of them. The lines of a file come so by themselves (app/line_chunks.hpp).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/store.hpp"

namespace usagectl::app {

// The ids of accounts that are there, each once, in that order.
[[nodiscard]] std::vector<std::string>
in_lock_order(Store& store, std::span<const ledger::AccountNumber> accounts);

}  // namespace usagectl::app
