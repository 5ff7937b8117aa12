// SPDX-License-Identifier: MIT
// An account as answers show it. What identifies a customer's telephone is masked.
#pragma once

#include <vector>

#include "app/accounts.hpp"
#include "cli/context.hpp"

namespace usagectl {

// The fields of account_fields() but `currency`, in their order.
[[nodiscard]] cli::Json account_json(const app::AccountShown& shown, bool reveal);
[[nodiscard]] std::vector<cli::Field> account_fields();

// A list of `kind`, `value`, `primary`; telephones masked unless they may be shown.
[[nodiscard]] cli::Json contacts_json(const std::vector<account::Contact>& contacts, bool reveal);

// Orders that a change touched, under `orders`.
[[nodiscard]] cli::Json orders_json(const std::vector<app::OrderTouched>& orders);
void append_order_fields(std::vector<cli::Field>& fields);

}  // namespace usagectl
