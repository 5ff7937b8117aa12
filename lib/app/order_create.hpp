// SPDX-License-Identifier: MIT
// Orders that a person gives: work in the field on an account that is served, an exchange of its
// meter (source: US 8,095,475, figure 9, step 206: change orders). Everything else the rules order.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/orders.hpp"

namespace usagectl::app {

struct CreateOrder {
    std::string account;
    std::string new_meter;  // that is to serve the account
    std::string reason;
    std::string note = {};  // for whoever goes there
    std::optional<Instant> due_at = {};
    bool dry_run = false;
    // Runs inside the transaction, last.
    std::function<void(const OrderShown&)> created = {};
};

// Orders an exchange of the account's meter; nothing changes until the field has done it. Errors:
// `account_unknown` (3), `meter_unknown` (3: no readings of it, nor was it set up),
// `account_not_served` (pending, paid or closed), `meter_same` (it serves the account),
// `meter_taken` (it serves another), `timezone_differs`, `due_passed`, `order_open` (one at a
// time), `clock_backwards` (4).
[[nodiscard]] Result<OrderShown> create_order(
    Store& store,
    const CreateOrder& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
