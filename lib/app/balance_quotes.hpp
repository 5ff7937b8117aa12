// SPDX-License-Identifier: MIT
// What customers were told, kept and found again.
#pragma once

#include <optional>
#include <string>

#include "app/balance.hpp"

namespace usagectl::app {

// Keeps an answer that is given now, in a transaction of its own that does not wait for the disk: a
// quote carries no money, and one that a loss of power takes along takes nothing else with it.
// Gives its name. Failures of the store are the caller's to judge: the answer stands without it.
[[nodiscard]] std::string
keep_quote(Store& store, const BalanceAnswer& answer, const std::string& asked_by, Instant now);

// The name of the quote that told this very answer when it was known: none when it was not kept.
[[nodiscard]] std::optional<std::string> find_quote(Store& store, const BalanceAnswer& answer);

}  // namespace usagectl::app
