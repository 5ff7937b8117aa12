// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command order_cancel_command();
[[nodiscard]] cli::Command order_complete_command();
[[nodiscard]] cli::Command order_confirm_command();
[[nodiscard]] cli::Command order_create_command();
[[nodiscard]] cli::Command order_export_command();
[[nodiscard]] cli::Command order_list_command();
[[nodiscard]] cli::Command order_show_command();

}  // namespace usagectl
