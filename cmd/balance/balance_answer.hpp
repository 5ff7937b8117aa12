// SPDX-License-Identifier: MIT
// A balance as answers show it: as JSON, and as one screen for whoever has the customer on the
// line.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/account_recent.hpp"
#include "app/balance.hpp"
#include "cli/context.hpp"

namespace usagectl {

struct BalanceShown {
    app::BalanceAnswer answer;
    app::Recent recent;
    std::optional<std::string> quoted_id;
};

[[nodiscard]] cli::Json balance_json(const BalanceShown& shown, const std::string& currency);
// Every field but the items is null.
[[nodiscard]] cli::Json no_balance_json(const std::string& currency);
[[nodiscard]] cli::Json line_json(const app::KnownAccount& known, const app::BalanceLine& line);
[[nodiscard]] std::vector<cli::Field> balance_fields();

[[nodiscard]] std::vector<std::string>
balance_screen(const BalanceShown& shown, const std::string& currency);
// The balance alone, for a log of changes.
[[nodiscard]] std::string balance_sentence(const BalanceShown& shown, const std::string& currency);

}  // namespace usagectl
