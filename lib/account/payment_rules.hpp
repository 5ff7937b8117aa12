// SPDX-License-Identifier: MIT
// What a payment, or one that is taken back, changes beside the balance (source: US 8,095,475,
// figure 4, steps 86 to 96).
#pragma once

#include <string_view>

#include "account/status.hpp"
#include "account/types.hpp"

namespace usagectl::account {

enum class Method : std::uint8_t {
    cash,
    card,
    ach,
    money_transfer,
    bill_payment,
    agent,
    prepaid_card,
};
[[nodiscard]] std::string_view to_string(Method method);
[[nodiscard]] std::optional<Method> parse_method(std::string_view word);

// How an account stands just after its balance moved.
struct AfterBalance {
    Status status = Status::pending;
    Money balance;
    Thresholds thresholds;
    Money minimum_due;
    bool suspend_open = false;  // an order not yet decided
    bool reconnect_open = false;
    bool activate_open = false;
};

// What follows. Each member is independent of the others.
struct Consequence {
    std::optional<Status> status = {};
    bool charge_minimum_due = false;
    bool order_activation = false;
    bool cancel_activation = false;
    bool cancel_suspension = false;
    bool order_reconnection = false;
    bool cancel_reconnection = false;
    bool operator==(const Consequence&) const = default;
};

// A balance that rose. Pending, and now it covers what is due and the connection balance: the
// minimum due is charged and activation ordered. In service and above the disconnection balance: a
// suspend order that is not done is cancelled, past due is over. Suspended, above the disconnection
// balance and not below the connection balance: reconnection.
[[nodiscard]] Consequence after_payment(const AfterBalance& now);

// A balance that fell because a payment was taken back: paid and no longer enough: pending again
// and no activation; suspended with a reconnection on its way that is no longer covered: cancelled.
// An account in service is left to the nightly ladder, which alone may suspend.
[[nodiscard]] Consequence after_reversal(const AfterBalance& now);

// The part of a payment that goes to old debt: a percentage, rounded down to the cent, never more
// than the debt.
[[nodiscard]] Money debt_share(Money payment, Money debt, std::int64_t percent);

}  // namespace usagectl::account
