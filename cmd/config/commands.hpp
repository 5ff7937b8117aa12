// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command config_explain_command();
[[nodiscard]] cli::Command config_get_command();
[[nodiscard]] cli::Command config_list_command();
[[nodiscard]] cli::Command config_set_command();

}  // namespace usagectl
