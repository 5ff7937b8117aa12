// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command reconcile_accept_command();
[[nodiscard]] cli::Command reconcile_list_command();
[[nodiscard]] cli::Command reconcile_show_command();
[[nodiscard]] cli::Command reconcile_start_command();

}  // namespace usagectl
