// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command complete_command();
[[nodiscard]] cli::Command completion_command();

}  // namespace usagectl
