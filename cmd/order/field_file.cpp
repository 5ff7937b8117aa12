// SPDX-License-Identifier: MIT
#include "order/field_file.hpp"

#include "base/csv.hpp"
#include "cli/json_values.hpp"
#include "cli/sinks.hpp"
#include "order/order_json.hpp"

namespace usagectl {

namespace {

cli::Json field_json(const app::OrderShown& shown, const std::string& currency) {
    const auto& order = shown.order;
    cli::Json line;
    line["order"] = shown.name;
    line["account"] = shown.account;
    line["kind"] = account::to_string(order.kind);
    line["meter"] = shown.meter.empty() ? cli::Json(nullptr) : cli::Json(shown.meter);
    line["created_at"] = format_instant(order.created_at);
    line["due_at"] = cli::instant_json(order.due_at);
    line["reason"] = order.reason;
    line["new_meter"] = cli::text_json(order.new_meter);
    line["note"] = order.note.empty() ? cli::Json(nullptr) : cli::Json(order.note);
    line["amount"] = order.amount ? cli::Json(format_money(*order.amount)) : cli::Json(nullptr);
    line["currency"] = order.amount ? cli::Json(currency) : cli::Json(nullptr);
    line["payment"] = payment_name(shown);
    return line;
}

std::string csv_line(const cli::Json& line) {
    std::vector<std::string> fields;
    for (const auto& value : line)
        fields.push_back(value.is_null() ? std::string() : value.get<std::string>());
    return csv_row(fields);
}

std::string csv_header() {
    return csv_row(
        {"order",
         "account",
         "kind",
         "meter",
         "created_at",
         "due_at",
         "reason",
         "new_meter",
         "note",
         "amount",
         "currency",
         "payment"}
    );
}

}  // namespace

void write_field_file(
    cli::OutputFile& file,
    FieldFormat format,
    const std::vector<app::OrderShown>& orders,
    const std::string& currency
) {
    if (format == FieldFormat::csv)
        file.write(csv_header());
    for (const auto& shown : orders) {
        const auto line = field_json(shown, currency);
        file.write(format == FieldFormat::csv ? csv_line(line) : cli::json_text(line) + '\n');
    }
}

}  // namespace usagectl
