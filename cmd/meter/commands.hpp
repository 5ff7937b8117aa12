// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command meter_list_command();
[[nodiscard]] cli::Command meter_set_command();
[[nodiscard]] cli::Command power_status_command();
[[nodiscard]] cli::Command meter_show_command();

}  // namespace usagectl
