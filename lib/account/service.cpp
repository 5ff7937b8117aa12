// SPDX-License-Identifier: MIT
#include "account/service.hpp"

#include <array>
#include <string>

namespace usagectl::account {

namespace {

constexpr std::array<std::string_view, 5> order_kinds{
    "activate", "suspend", "reconnect", "change", "recharge"};
constexpr std::array<std::string_view, 6> order_states{
    "pending", "pending_usage", "exported", "completed", "failed", "cancelled"};
constexpr std::array<std::string_view, 5> notice_types{
    "low_balance", "daily", "suspend", "recharge", "limit"};

template <class Enum, std::size_t Size>
std::optional<Enum> find(const std::array<std::string_view, Size>& words, std::string_view word) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words.at(at) == word)
            return static_cast<Enum>(at);
    }
    return std::nullopt;
}

}  // namespace

std::string_view to_string(OrderKind kind) {
    return order_kinds.at(static_cast<std::size_t>(kind));
}

std::string_view to_string(OrderState state) {
    return order_states.at(static_cast<std::size_t>(state));
}

std::optional<OrderKind> parse_order_kind(std::string_view word) {
    return find<OrderKind>(order_kinds, word);
}

std::optional<OrderState> parse_order_state(std::string_view word) {
    return find<OrderState>(order_states, word);
}

std::string_view to_string(NoticeType type) {
    return notice_types.at(static_cast<std::size_t>(type));
}

std::optional<NoticeType> parse_notice_type(std::string_view word) {
    return find<NoticeType>(notice_types, word);
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
