// SPDX-License-Identifier: MIT
// An order as answers show it.
#pragma once

#include <string_view>
#include <vector>

#include "app/orders.hpp"
#include "cli/context.hpp"

namespace usagectl {

// Beside it on the root of an answer: currency_field(), `currency`.
[[nodiscard]] cli::Json order_json(const app::OrderShown& shown);
// Of a recharge; else null.
[[nodiscard]] cli::Json payment_name(const app::OrderShown& shown);
[[nodiscard]] cli::Field currency_field();
// The fields of order_json(), each behind `prefix` ("items[].", or none).
[[nodiscard]] std::vector<cli::Field> order_fields(bool items);

// `list` is one of the answer's: the holds of a suspension.
[[nodiscard]] cli::Json holds_json(const rules::Verdict& verdict);

[[nodiscard]] cli::Context::View order_table();

}  // namespace usagectl
