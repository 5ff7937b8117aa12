// SPDX-License-Identifier: MIT
#include "app/payment_lines.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "meter/csv_row.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t longest_reference = 128;
constexpr std::size_t longest_agent = 64;

Error line_malformed(std::string what) {
    return {Exit::rejected, "line_malformed", std::move(what)};
}

}  // namespace

Result<PaymentAsked> read_payment(const PaymentText& text) {
    const auto account = account::AccountId::parse(text.account);
    if (!account)
        return tl::unexpected(account.error());
    const auto amount = parse_money(text.amount);
    if (!amount)
        return tl::unexpected(amount.error());
    const auto method = account::parse_method(text.method);
    if (!method) {
        return refuse(
            Exit::rejected,
            "payment_method_unknown",
            quoted(text.method) + " is no way to pay",
            "cash, card, ach, money_transfer, bill_payment, agent or prepaid_card"
        );
    }
    if (text.reference.empty()) {
        return refuse(
            Exit::rejected,
            "reference_missing",
            "the payment has no reference",
            "in a file each needs one, so that the file can be given again"
        );
    }
    if (text.reference.size() > longest_reference || text.agent.size() > longest_agent) {
        return refuse(
            Exit::rejected,
            "reference_too_long",
            "reference or agent is longer than anybody would write it",
            "at most 128 and 64 bytes"
        );
    }
    PaymentAsked asked;
    asked.account = account->text();
    asked.amount = *amount;
    asked.method = *method;
    asked.agent = text.agent;
    asked.reference = std::string(text.reference);
    if (!text.received_at.empty()) {
        const auto received = parse_instant(text.received_at);
        if (!received)
            return tl::unexpected(received.error());
        asked.received_at = *received;
    }
    return asked;
}

Result<PaymentColumns> PaymentColumns::read(std::string_view line) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (line.starts_with(byte_order_mark))
        line.remove_prefix(byte_order_mark.size());
    const auto wrong = [](const std::string& what) {
        return refuse(
            Exit::rejected,
            "header_malformed",
            what,
            "the first line names the columns: account,amount,method,reference,agent,received_at"
        );
    };
    meter::CsvRow row;
    if (!row.split(line))
        return wrong(row.reason());
    PaymentColumns columns;
    columns.count_ = row.size();
    for (std::size_t at = 0; at < row.size(); ++at) {
        const auto* known = std::find(payment_columns.begin(), payment_columns.end(), row[at]);
        if (known == payment_columns.end())
            return wrong("there is no column " + quoted(row[at]));
        auto& place = columns.at_.at(static_cast<std::size_t>(known - payment_columns.begin()));
        if (place)
            return wrong("column " + std::string(row[at]) + " is there twice");
        place = at;
    }
    for (std::size_t needed = 0; needed < 4; ++needed) {
        if (!columns.at_.at(needed))
            return wrong("column " + std::string(payment_columns.at(needed)) + " is missing");
    }
    return columns;
}

Result<PaymentAsked> PaymentColumns::row(std::string_view line) const {
    meter::CsvRow row;
    if (!row.split(line))
        return tl::unexpected(line_malformed(row.reason()));
    if (row.size() != count_) {
        return tl::unexpected(line_malformed(
            std::to_string(row.size()) + " fields, the header row has " + std::to_string(count_)
        ));
    }
    const auto field = [&](std::size_t column) {
        const auto& at = at_.at(column);
        return at ? row[*at] : std::string_view();
    };
    return read_payment({field(0), field(1), field(2), field(3), field(4), field(5)});
}

}  // namespace usagectl::app
