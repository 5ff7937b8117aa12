// SPDX-License-Identifier: MIT
// What completing and cancelling an order share.
#pragma once

#include "app/orders.hpp"
#include "cli/context.hpp"

namespace usagectl {

// Decides, keeps the answer under the idempotency key, prints.
[[nodiscard]] Exit decide_and_print(app::DecideOrder request, cli::Context& context);
[[nodiscard]] std::vector<cli::Field> decided_fields();

}  // namespace usagectl
