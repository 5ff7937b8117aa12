// SPDX-License-Identifier: MIT
// Lines of a file of payments, and what each of them asks for.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "app/payments.hpp"

namespace usagectl::app {

// A line as it was written, before anything of it is believed. Columns of a CSV file, members of a
// JSON line: account, amount, method, reference, agent, received_at.
struct PaymentText {
    std::string_view account;
    std::string_view amount;
    std::string_view method;
    std::string_view reference;
    std::string_view agent;        // only with method agent
    std::string_view received_at;  // empty: now
};
inline constexpr std::array<std::string_view, 6> payment_columns{
    "account", "amount", "method", "reference", "agent", "received_at"};

// Errors (exit 6 or 2): `malformed_account`, `malformed_amount`, `payment_method_unknown`,
// `reference_missing` (without one the same file could not be given twice), `reference_too_long`,
// `malformed_instant`.
[[nodiscard]] Result<PaymentAsked> read_payment(const PaymentText& text);

// The header row of a CSV file, and the rows behind it. Fields may stand in quotation marks.
class PaymentColumns {
public:
    // Error `header_malformed` (6): account, amount, method and reference must be there, and
    // nothing but payment_columns.
    [[nodiscard]] static Result<PaymentColumns> read(std::string_view line);
    // Errors: `line_malformed` (6: quotation marks, or another number of fields), and those of
    // read_payment().
    [[nodiscard]] Result<PaymentAsked> row(std::string_view line) const;

private:
    std::size_t count_ = 0;
    std::array<std::optional<std::size_t>, payment_columns.size()> at_;
};

}  // namespace usagectl::app
