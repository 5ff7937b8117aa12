// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command payment_import_command();
[[nodiscard]] cli::Command payment_list_command();
[[nodiscard]] cli::Command payment_post_command();
[[nodiscard]] cli::Command payment_reverse_command();

}  // namespace usagectl
