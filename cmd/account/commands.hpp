// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command account_activate_command();
[[nodiscard]] cli::Command account_close_command();
[[nodiscard]] cli::Command account_create_command();
[[nodiscard]] cli::Command account_events_command();
[[nodiscard]] cli::Command account_list_command();
[[nodiscard]] cli::Command account_prefs_command();
[[nodiscard]] cli::Command account_set_command();
[[nodiscard]] cli::Command account_show_command();
[[nodiscard]] cli::Command account_statement_command();

}  // namespace usagectl
