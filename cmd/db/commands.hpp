// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command db_check_command();
[[nodiscard]] cli::Command db_grant_command();
[[nodiscard]] cli::Command db_init_command();
[[nodiscard]] cli::Command db_migrate_command();
[[nodiscard]] cli::Command db_status_command();

}  // namespace usagectl
