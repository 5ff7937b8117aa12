// SPDX-License-Identifier: MIT
#include "account/payment_rules.hpp"

#include <algorithm>

#include "base/words.hpp"

namespace usagectl::account {

namespace {

constexpr Words<Method::prepaid_card> methods{
    "cash", "card", "ach", "money_transfer", "bill_payment", "agent", "prepaid_card"};

}  // namespace

std::string_view to_string(Method method) {
    return methods.word(method);
}

std::optional<Method> parse_method(std::string_view word) {
    return methods.parse(word);
}

Consequence after_payment(const AfterBalance& now) {
    Consequence then;
    const bool safe = now.balance > now.thresholds.disconnection;
    switch (now.status) {
    case Status::pending:
        if (now.balance >= now.minimum_due + now.thresholds.connection) {
            then.status = Status::paid;
            then.charge_minimum_due = true;
            then.order_activation = !now.activate_open;
        }
        break;
    case Status::active:
        then.cancel_suspension = now.suspend_open && safe;
        break;
    case Status::past_due:
        then.cancel_suspension = now.suspend_open && safe;
        if (safe)
            then.status = Status::active;
        break;
    case Status::suspended:
        then.order_reconnection =
            safe && now.balance >= now.thresholds.connection && !now.reconnect_open;
        break;
    case Status::paid:
    case Status::closed:
        break;
    }
    return then;
}

Consequence after_reversal(const AfterBalance& now) {
    Consequence then;
    if (now.status == Status::paid && now.balance < now.thresholds.connection) {
        then.status = Status::pending;
        then.cancel_activation = now.activate_open;
    }
    if (now.status == Status::suspended && now.balance < now.thresholds.connection)
        then.cancel_reconnection = now.reconnect_open;
    return then;
}

Money debt_share(Money payment, Money debt, std::int64_t percent) {
    if (debt <= Money() || payment <= Money())
        return {};
    const auto share = divide(Int128{payment.micro()} * percent, 100, Rounding::down);
    const auto cents = divide(share, Money::micro_per_cent, Rounding::down);
    return std::min({Money::from_cents(static_cast<std::int64_t>(cents)), debt, payment});
}

}  // namespace usagectl::account
