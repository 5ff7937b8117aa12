// SPDX-License-Identifier: MIT
// Recharge orders: where the meter, or a display in the customer's home, holds the credit, the
// field is told of each payment, and of each that is taken back (source: US 8,095,475, figure 9,
// step 206: recharge orders). Only where the utility has settled it so (Prepay::recharge_orders).
#pragma once

#include "app/account_change.hpp"

namespace usagectl::app {

// The meter is to be told that its credit gains `amount` by a payment. Nothing is ordered for an
// account that has no power yet, whose meter begins with what was paid by then, nor for an amount
// of nothing, as when all of a payment goes to old debt.
void order_recharge(
    AccountChange& change, const ledger::EntryId& payment, Money amount, const std::string& reason
);

// The payment, posted at `posted_at`, was taken back. An order that was never handed to the field
// is cancelled. One that was, done or not, cannot be called back: an order of the same amount less
// than nothing follows it. One that failed or was called off has told the meter nothing.
void take_recharge_back(
    AccountChange& change,
    Store& store,
    const ledger::EntryId& payment,
    Instant posted_at,
    const std::string& reason
);

// A recharge was not carried out, or called off: the order that was to take it back is not needed
// any more, as long as it was not handed over itself.
void spare_recharge_back(
    AccountChange& change, Store& store, const ServiceOrder& recharge, const std::string& reason
);

}  // namespace usagectl::app
