// SPDX-License-Identifier: MIT
// A payment as answers show it.
#pragma once

#include <vector>

#include "app/payments.hpp"
#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] cli::Json payment_json(const app::PaymentPosted& posted);
[[nodiscard]] std::vector<cli::Field> payment_fields();

}  // namespace usagectl
