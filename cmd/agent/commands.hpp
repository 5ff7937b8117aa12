// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command agent_add_command();
[[nodiscard]] cli::Command agent_list_command();
[[nodiscard]] cli::Command agent_show_command();

}  // namespace usagectl
