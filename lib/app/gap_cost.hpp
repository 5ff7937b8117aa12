// SPDX-License-Identifier: MIT
// What the usage of a gap costs at the tariff of the account its meter serves (source: SMT Support
// for Customer Balance Inquiry, 3.1.1, step 6).
#pragma once

#include "app/usage.hpp"

namespace usagectl::app {

// What the on-demand values of the gap add to the charges of its days, tiers counted from the
// beginning of the billing cycle; nothing for intervals without a value, and nothing of what is
// charged by the day anyway. None where the meter serves no account, or its tariff cannot charge
// these days. Inside a transaction.
[[nodiscard]] std::optional<Money> gap_cost(Store& store, const GapAnswer& gap);

}  // namespace usagectl::app
