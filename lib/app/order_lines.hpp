// SPDX-License-Identifier: MIT
// Lines of a file in which the field system says what became of its orders, and what each says.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/order_decide.hpp"

namespace usagectl::app {

// A line as it was written, before anything of it is believed. Columns of a CSV file, members of a
// JSON line: order, state, at, message, exit_status, meter_number, begin_reading_wh.
struct ConfirmationText {
    std::string_view order;
    std::string_view state;        // completed, failed, cancelled; empty: exit_status tells
    std::string_view at;           // RFC 3339; empty: the field does not say
    std::string_view message;      // at most 1000 bytes; line breaks and tabs become blanks
    std::string_view exit_status;  // 0: completed; anything else: failed, and the outcome names it
    // Of the meter that was put in, where an exchange is completed.
    std::string_view meter_number = {};
    std::string_view begin_reading_wh = {};
};
inline constexpr std::array<std::string_view, 7> confirmation_columns{
    "order", "state", "at", "message", "exit_status", "meter_number", "begin_reading_wh"};

struct Confirmation {
    OrderSaid said;
    std::string account;  // of the order's name
};

// Errors: `line_malformed` (6: a zero byte), `malformed_name`, `order_state_unknown`,
// `state_missing` (neither state nor exit status), `malformed_exit_status`, `state_contradictory`
// (state and exit status say different things), `malformed_instant`, `malformed_reading`,
// `message_too_long` (6 or 2).
[[nodiscard]] Result<Confirmation> read_confirmation(const ConfirmationText& text);

// The header row of a CSV file, and the records behind it.
class ConfirmationColumns {
public:
    // Error `header_malformed` (6): order must be there, and state or exit_status, each once, and
    // nothing but confirmation_columns.
    [[nodiscard]] static Result<ConfirmationColumns> read(const std::vector<std::string>& names);
    // Errors: `line_malformed` (6: another number of fields), and those of read_confirmation().
    [[nodiscard]] Result<Confirmation> row(const std::vector<std::string>& fields) const;

private:
    std::size_t count_ = 0;
    std::array<std::optional<std::size_t>, confirmation_columns.size()> at_;
};

}  // namespace usagectl::app
