// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command invoice_list_command();
[[nodiscard]] cli::Command invoice_pay_command();
[[nodiscard]] cli::Command invoice_show_command();

}  // namespace usagectl
