// SPDX-License-Identifier: MIT
// Payments: posted once, with everything that follows from them, and taken back when they bounce
// (source: US 8,095,475, figure 4).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"

namespace usagectl::app {

struct PaymentAsked {
    std::string account;
    Money amount;
    account::Method method = account::Method::cash;
    std::string agent = {};  // who took it; only with Method::agent
    std::optional<std::string> reference = {};
    std::optional<Instant> received_at = {};  // none: now
    // The ledger account the money comes from; empty: what the method says.
    std::string received_from = {};
};

struct PaymentPosted {
    std::string payment;  // its name
    std::string account;
    Money amount;
    Money to_debt;  // the share that went to old debt
    Money balance;
    account::Status status = account::Status::pending;
    std::vector<OrderTouched> orders;
    bool unchanged = false;  // this reference had been posted before
};

// One payment inside a transaction the caller has opened; a refusal leaves nothing of it there.
// Errors: `account_unknown` (3),
// `account_closed`, `payment_reference_used` (another payment has it), `amount_out_of_range`,
// `received_later`, `clock_backwards` (4), `agent_missing` (2).
[[nodiscard]] Result<PaymentPosted> post_payment_within(
    Store& store,
    const PaymentAsked& asked,
    const Prepay& prepay,
    const std::string& actor,
    Instant now
);

struct PostPayment {
    PaymentAsked payment;
    bool dry_run = false;
    // Runs inside the transaction, after the change.
    std::function<void(const PaymentPosted&)> posted = {};
};
// The same as a transaction of its own, with its audit record.
[[nodiscard]] Result<PaymentPosted> post_payment(
    Store& store,
    const PostPayment& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

struct ReversePayment {
    std::string payment;  // its name
    std::string reason;
    bool dry_run = false;
    std::function<void(const PaymentPosted&)> reversed = {};
};
// Takes a payment back with everything it did to balance and debt; status and orders are judged
// anew. Power is not cut by it: that is the nightly process's to decide. Errors: `malformed_name`
// (2), `payment_unknown` (3), `payment_reversed` (4: taken back before), `account_closed` (4).
[[nodiscard]] Result<PaymentPosted> reverse_payment(
    Store& store,
    const ReversePayment& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
