// SPDX-License-Identifier: MIT
// Orders to the field and notices to the customer: what they are called and how they go on.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::account {

enum class OrderKind : std::uint8_t { activate, suspend, reconnect, change, recharge };

enum class OrderState : std::uint8_t {
    pending,        // waits to be exported
    pending_usage,  // activate: installed, waits for the first daily usage
    exported,       // handed to the field
    completed,
    failed,  // the field could not do it
    cancelled,
};

[[nodiscard]] std::string_view to_string(OrderKind kind);
[[nodiscard]] std::string_view to_string(OrderState state);
[[nodiscard]] std::optional<OrderKind> parse_order_kind(std::string_view word);
[[nodiscard]] std::optional<OrderState> parse_order_state(std::string_view word);

// Not yet decided: at most one order of a kind is open for an account.
[[nodiscard]] constexpr bool open(OrderState state) {
    return state == OrderState::pending || state == OrderState::pending_usage ||
           state == OrderState::exported;
}
// Error `order_state_impossible` (4).
[[nodiscard]] Result<void> check_order_change(OrderState from, OrderState to);

// What a customer is told. The words are those of the notification preferences.
enum class NoticeType : std::uint8_t { low_balance, daily, suspend, recharge, limit };
[[nodiscard]] std::string_view to_string(NoticeType type);
[[nodiscard]] std::optional<NoticeType> parse_notice_type(std::string_view word);

}  // namespace usagectl::account
