// SPDX-License-Identifier: MIT
// What completing and cancelling an order share.
#pragma once

#include "app/order_decide.hpp"
#include "cli/context.hpp"

namespace usagectl {

// Decides, keeps the answer under the idempotency key, prints.
[[nodiscard]] Exit decide_and_print(app::OrderSaid said, cli::Context& context);
[[nodiscard]] std::vector<cli::Field> decided_fields();

}  // namespace usagectl
