// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command rules_check_command();
[[nodiscard]] cli::Command rules_emergency_add_command();
[[nodiscard]] cli::Command rules_emergency_list_command();
[[nodiscard]] cli::Command rules_emergency_withdraw_command();
[[nodiscard]] cli::Command rules_explain_command();
[[nodiscard]] cli::Command rules_judge_command();
[[nodiscard]] cli::Command rules_list_command();
[[nodiscard]] cli::Command rules_schema_command();
[[nodiscard]] cli::Command rules_show_command();
[[nodiscard]] cli::Command rules_test_command();

}  // namespace usagectl
