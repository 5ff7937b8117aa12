// SPDX-License-Identifier: MIT
// An order as answers show it.
#pragma once

#include <string_view>
#include <vector>

#include "app/orders.hpp"
#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] cli::Json order_json(const app::OrderShown& shown);
// The fields of order_json(), each behind `prefix` ("items[].", or none).
[[nodiscard]] std::vector<cli::Field> order_fields(bool items);

// `list` is one of the answer's: the holds of a suspension.
[[nodiscard]] cli::Json holds_json(const rules::Verdict& verdict);

[[nodiscard]] cli::Context::View order_table();

}  // namespace usagectl
