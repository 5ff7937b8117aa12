// SPDX-License-Identifier: MIT
#pragma once

#include "cli/command.hpp"

namespace usagectl {

[[nodiscard]] cli::Command card_activate_command();
[[nodiscard]] cli::Command card_batches_command();
[[nodiscard]] cli::Command card_confirm_command();
[[nodiscard]] cli::Command card_expire_command();
[[nodiscard]] cli::Command card_freeze_command();
[[nodiscard]] cli::Command card_generate_command();
[[nodiscard]] cli::Command card_inventory_command();
[[nodiscard]] cli::Command card_invoice_command();
[[nodiscard]] cli::Command card_key_command();
[[nodiscard]] cli::Command card_list_command();
[[nodiscard]] cli::Command card_locks_command();
[[nodiscard]] cli::Command card_package_command();
[[nodiscard]] cli::Command card_print_command();
[[nodiscard]] cli::Command card_print_file_key_command();
[[nodiscard]] cli::Command card_print_file_open_command();
[[nodiscard]] cli::Command card_receive_command();
[[nodiscard]] cli::Command card_redeem_command();
[[nodiscard]] cli::Command card_ship_command();
[[nodiscard]] cli::Command card_show_command();
[[nodiscard]] cli::Command card_unfreeze_command();
[[nodiscard]] cli::Command card_unlock_command();
[[nodiscard]] cli::Command card_validate_command();
[[nodiscard]] cli::Command card_void_command();

}  // namespace usagectl
