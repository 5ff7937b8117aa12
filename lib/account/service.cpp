// SPDX-License-Identifier: MIT
#include "account/service.hpp"

#include <string>

#include "base/words.hpp"

namespace usagectl::account {

namespace {

constexpr Words<OrderKind::recharge> order_kinds{
    "activate", "suspend", "reconnect", "change", "recharge"};
constexpr Words<OrderState::cancelled> order_states{
    "pending", "pending_usage", "exported", "completed", "failed", "cancelled"};
constexpr Words<NoticeType::limit> notice_types{
    "low_balance", "daily", "suspend", "recharge", "limit"};

}  // namespace

std::string_view to_string(OrderKind kind) {
    return order_kinds.word(kind);
}

std::string_view to_string(OrderState state) {
    return order_states.word(state);
}

std::optional<OrderKind> parse_order_kind(std::string_view word) {
    return order_kinds.parse(word);
}

std::optional<OrderState> parse_order_state(std::string_view word) {
    return order_states.parse(word);
}

std::string_view to_string(NoticeType type) {
    return notice_types.word(type);
}

std::optional<NoticeType> parse_notice_type(std::string_view word) {
    return notice_types.parse(word);
}

Result<void> check_order_change(OrderState from, OrderState to) {
    // A decided order stays as it is; an open one never goes back to waiting for its export.
    if (open(from) && to != OrderState::pending && from != to)
        return {};
    return refuse(
        Exit::refused,
        "order_state_impossible",
        "an order that is " + std::string(to_string(from)) + " cannot become " +
            std::string(to_string(to)),
        open(from) ? "" : "a decided order stays as it is"
    );
}

}  // namespace usagectl::account
