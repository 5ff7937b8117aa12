// SPDX-License-Identifier: MIT
// Every command there is.
#pragma once

#include <span>

#include "cli/command.hpp"

namespace usagectl {

// Sorted by path. The summaries stand here too, so that help can list commands without declaring
// each; a test compares them with the declarations.
[[nodiscard]] std::span<const cli::Registered> registry();

}  // namespace usagectl
