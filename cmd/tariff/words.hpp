// SPDX-License-Identifier: MIT
// The words that commands about tariffs share.
#pragma once

#include <string>

#include "cli/command.hpp"

namespace usagectl::words {

template <class O>
[[nodiscard]] cli::Word tariff(std::string O::*member) {
    return cli::bind(
        {.name = "TARIFF", .help = "its name", .complete = cli::Complete::tariff, .required = true},
        member
    );
}

}  // namespace usagectl::words
