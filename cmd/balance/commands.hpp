// SPDX-License-Identifier: MIT
// Commands about what customers are told of their balance.
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command balance_command();
[[nodiscard]] cli::Command balance_drift_command();

}  // namespace usagectl
