// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command legacy_export_command();
[[nodiscard]] cli::Command legacy_import_command();
[[nodiscard]] cli::Command legacy_lookup_command();
[[nodiscard]] cli::Command legacy_schema_command();

}  // namespace usagectl
