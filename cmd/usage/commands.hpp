// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command usage_backfill_command();
[[nodiscard]] cli::Command usage_drift_command();
[[nodiscard]] cli::Command usage_export_command();
[[nodiscard]] cli::Command usage_gap_command();
[[nodiscard]] cli::Command usage_history_command();
[[nodiscard]] cli::Command usage_quality_command();
[[nodiscard]] cli::Command usage_show_command();

}  // namespace usagectl
