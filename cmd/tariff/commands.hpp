// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command tariff_add_command();
[[nodiscard]] cli::Command tariff_check_command();
[[nodiscard]] cli::Command tariff_import_command();
[[nodiscard]] cli::Command tariff_list_command();
[[nodiscard]] cli::Command tariff_quote_command();
[[nodiscard]] cli::Command tariff_schema_command();
[[nodiscard]] cli::Command tariff_show_command();

}  // namespace usagectl
