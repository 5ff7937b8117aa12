// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command audit_ledger_command();
[[nodiscard]] cli::Command audit_log_command();

}  // namespace usagectl
