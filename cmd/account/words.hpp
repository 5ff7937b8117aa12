// SPDX-License-Identifier: MIT
// The words that commands about accounts share.
#pragma once

#include <optional>

#include "account/types.hpp"
#include "cli/command.hpp"

namespace usagectl::words {

template <class O>
[[nodiscard]] cli::Word account(std::optional<account::AccountId> O::*member) {
    return cli::bind(
        {.name = "ACCOUNT",
         .help = "the account's number",
         .complete = cli::Complete::account,
         .required = true},
        member
    );
}

}  // namespace usagectl::words
