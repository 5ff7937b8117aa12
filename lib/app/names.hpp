// SPDX-License-Identifier: MIT
// What people call entries, payments, orders and notices: a letter, the account's own number, the
// local day and the place on it: `P-1001-20261120-1`. The same on every engine, and nothing needs
// to count them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "ledger/entry.hpp"

namespace usagectl::app {

enum class Named : char { entry = 'E', payment = 'P', order = 'O', notice = 'N', quote = 'Q' };

[[nodiscard]] std::string
name_of(Named what, std::string_view account_id, const ledger::EntryId& id);

struct ReadName {
    std::string account_id;
    LocalDay day{};
    int place = 0;
};
// Error code `malformed_name`, exit 2.
[[nodiscard]] Result<ReadName> read_name(Named what, std::string_view text);

}  // namespace usagectl::app
