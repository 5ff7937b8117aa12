// SPDX-License-Identifier: MIT
#include "app/order_lines.hpp"

#include <algorithm>
#include <limits>

#include "app/names.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace usagectl::app {

namespace {

using account::OrderState;

constexpr std::size_t longest_message = 1000;
// Exit statuses of every system: 0 to 255, signals below zero, and 32 bits where they are unsigned.
constexpr std::int64_t lowest_status = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t highest_status = std::numeric_limits<std::uint32_t>::max();

Error line_malformed(std::string what) {
    return {Exit::rejected, "line_malformed", std::move(what)};
}

std::string in_one_line(std::string_view text) {
    std::string line(text);
    for (auto& c : line)
        c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return line;
}

// What the state column says; none: it is empty.
Result<std::optional<OrderState>> read_state(std::string_view word) {
    if (word.empty())
        return std::optional<OrderState>();
    const auto state = account::parse_order_state(word);
    if (state && !account::open(*state))
        return std::optional(*state);
    return refuse(
        Exit::rejected,
        "order_state_unknown",
        quoted(word) + " is nothing the field can say of an order",
        "completed, failed or cancelled"
    );
}

// What the exit status says; none: it is empty.
Result<std::optional<std::int64_t>> read_exit_status(std::string_view digits) {
    if (digits.empty())
        return std::optional<std::int64_t>();
    if (const auto status = parse_integer(digits, lowest_status, highest_status))
        return std::optional(*status);
    return refuse(
        Exit::rejected,
        "malformed_exit_status",
        quoted(digits) + " is no exit status",
        "a whole number; 0: it was done"
    );
}

Result<OrderState>
settle_state(std::optional<OrderState> state, std::optional<std::int64_t> exit_status) {
    if (!state && !exit_status) {
        return refuse(
            Exit::rejected,
            "state_missing",
            "the line does not say what became of the order",
            "a state, or an exit status"
        );
    }
    if (!exit_status)
        return *state;
    const auto told = *exit_status == 0 ? OrderState::completed : OrderState::failed;
    // Called off, a job may end with any status but success.
    const bool agree =
        !state || (*state == OrderState::completed) == (told == OrderState::completed);
    if (agree)
        return state.value_or(told);
    return refuse(
        Exit::rejected,
        "state_contradictory",
        "the state is " + std::string(account::to_string(*state)) + ", and the exit status " +
            std::to_string(*exit_status) + " says " + std::string(account::to_string(told))
    );
}

Result<std::string> read_message(std::string_view text, std::optional<std::int64_t> exit_status) {
    if (text.size() > longest_message) {
        return refuse(Exit::rejected, "message_too_long", "the message is longer than 1000 bytes");
    }
    auto message = in_one_line(text);
    if (exit_status.value_or(0) == 0)
        return message;
    return "exit status " + std::to_string(*exit_status) + (message.empty() ? "" : ": ") + message;
}

Result<void> read_meter(const ConfirmationText& text, OrderSaid& said) {
    if (!text.meter_number.empty())
        said.meter_number = in_one_line(text.meter_number);
    if (text.begin_reading_wh.empty())
        return {};
    said.begin_reading_wh =
        parse_integer(text.begin_reading_wh, 0, std::numeric_limits<std::int64_t>::max());
    if (said.begin_reading_wh)
        return {};
    return refuse(
        Exit::rejected,
        "malformed_reading",
        quoted(text.begin_reading_wh) + " is no register reading",
        "whole watt-hours, 0 or more"
    );
}

}  // namespace

Result<Confirmation> read_confirmation(const ConfirmationText& text) {
    for (const auto field :
         {text.order,
          text.state,
          text.at,
          text.message,
          text.exit_status,
          text.meter_number,
          text.begin_reading_wh}) {
        if (field.find('\0') != std::string_view::npos)
            return tl::unexpected(line_malformed("the line holds a zero byte"));
    }
    auto name = read_name(Named::order, text.order);
    if (!name)
        return tl::unexpected(name.error());
    const auto word = read_state(text.state);
    if (!word)
        return tl::unexpected(word.error());
    const auto exit_status = read_exit_status(text.exit_status);
    if (!exit_status)
        return tl::unexpected(exit_status.error());
    const auto state = settle_state(*word, *exit_status);
    if (!state)
        return tl::unexpected(state.error());
    auto message = read_message(text.message, *exit_status);
    if (!message)
        return tl::unexpected(message.error());
    Confirmation read;
    read.said.order = text.order;
    read.said.state = *state;
    read.said.message = std::move(*message);
    read.said.by_field_system = true;
    read.account = std::move(name->account_id);
    if (!text.at.empty()) {
        const auto at = parse_instant(text.at);
        if (!at)
            return tl::unexpected(at.error());
        read.said.at = *at;
    }
    if (auto meter = read_meter(text, read.said); !meter)
        return tl::unexpected(meter.error());
    return read;
}

Result<ConfirmationColumns> ConfirmationColumns::read(const std::vector<std::string>& names) {
    const auto wrong = [](const std::string& what) {
        return refuse(
            Exit::rejected,
            "header_malformed",
            what,
            "the first line names the columns: order,state,at,message,exit_status,meter_number,"
            "begin_reading_wh"
        );
    };
    ConfirmationColumns columns;
    columns.count_ = names.size();
    for (std::size_t at = 0; at < names.size(); ++at) {
        const auto* known =
            std::find(confirmation_columns.begin(), confirmation_columns.end(), names[at]);
        if (known == confirmation_columns.end())
            return wrong("there is no column " + quoted(names[at]));
        auto& place =
            columns.at_.at(static_cast<std::size_t>(known - confirmation_columns.begin()));
        if (place)
            return wrong("column " + names[at] + " is there twice");
        place = at;
    }
    if (!columns.at_[0])
        return wrong("column order is missing");
    if (!columns.at_[1] && !columns.at_[4])
        return wrong("neither column state nor column exit_status is there");
    return columns;
}

Result<Confirmation> ConfirmationColumns::row(const std::vector<std::string>& fields) const {
    if (fields.size() != count_) {
        return tl::unexpected(line_malformed(
            std::to_string(fields.size()) + " fields, the header row has " + std::to_string(count_)
        ));
    }
    const auto field = [&](std::size_t column) {
        const auto& at = at_.at(column);
        return at ? std::string_view(fields[*at]) : std::string_view();
    };
    return read_confirmation({field(0), field(1), field(2), field(3), field(4), field(5), field(6)}
    );
}

}  // namespace usagectl::app
