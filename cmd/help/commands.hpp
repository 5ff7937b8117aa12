// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command help_command();
[[nodiscard]] cli::Command man_command();
[[nodiscard]] cli::Command version_command();

}  // namespace usagectl
