// SPDX-License-Identifier: MIT
// What became of an order: done, not done, or called off; and what that means for its account
// (source: US 8,095,475, figure 5, steps 106 to 114, and figure 9, step 206). The same for whoever
// says so: a person, or a line of the field system's file.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/orders.hpp"

namespace usagectl::app {

struct OrderSaid {
    std::string order;
    account::OrderState state = account::OrderState::completed;  // or failed, cancelled
    std::string message;
    std::optional<Instant> at = {};  // when it was done in the field; none: nobody says
    // The field system says so, and nobody looks at it: it knows only what it was handed, and what
    // it has said before stands.
    bool by_field_system = false;
    // Of the meter that was put in, by an exchange that is completed; for nothing else.
    std::optional<std::string> meter_number = {};  // on its plate
    std::optional<std::int64_t> begin_reading_wh = {};
};

struct OrderDecided {
    OrderShown shown;
    account::Status status = account::Status::pending;  // of the account, afterwards
    bool unchanged = false;                             // it had been decided so before
};

// Completes, fails or cancels an order, and works it into the account at once: suspended, in
// service again, waiting for its first usage, served by another meter from the local day on which
// that was put in (app/account_service.hpp; today where nobody says when). Days that were charged
// by then are rated again by the next night. What is in force already stays as it is, the time and
// the words that were given first included. Inside a write transaction; a refusal has written
// nothing, so that others of the same transaction may go on. Errors: `malformed_name` (2),
// `order_unknown` (3), `order_state_impossible`, `status_impossible`, `clock_backwards`,
// `done_later` (at lies ahead), `done_before_order` (at lies before it was handed over, or made),
// `meter_facts_missing` (an exchange is done only with them), `meter_facts_not_asked` (it is none),
// `meter_taken` (the new meter serves another account by now), `timezone_differs`;
// of the field system also `order_called_off` (done, though it was cancelled), `order_not_exported`
// and `order_confirmed_before` (4).
[[nodiscard]] Result<OrderDecided> decide_order_within(
    Store& store, const OrderSaid& said, const Prepay& prepay, const std::string& actor, Instant now
);

struct DecideOrder {
    OrderSaid said;
    bool dry_run = false;
    // Runs inside the transaction, last.
    std::function<void(const OrderDecided&)> decided = {};
};
// The same as a transaction with its audit record.
[[nodiscard]] Result<OrderDecided> decide_order(
    Store& store,
    const DecideOrder& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
