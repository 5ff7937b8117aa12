// SPDX-License-Identifier: MIT
#include "order/order_json.hpp"

#include "app/names.hpp"
#include "cli/json_values.hpp"

namespace usagectl {

namespace {

struct OrderField {
    std::string_view of_root;
    std::string_view of_items;
    std::string_view type;
    std::string_view help;
    bool nullable = false;
};

constexpr OrderField fields[]{
    {"order", "items[].order", "string", "the order's name"},
    {"account", "items[].account", "string", "the account's number"},
    {"kind", "items[].kind", "string", "activate, suspend, reconnect, change or recharge"},
    {"state",
     "items[].state",
     "string",
     "pending, pending_usage, exported, completed, failed or cancelled"},
    {"reason", "items[].reason", "string", "why it was made"},
    {"created_at", "items[].created_at", "instant", "when it was made"},
    {"due_at", "items[].due_at", "instant", "to be done by then", true},
    {"exported_at", "items[].exported_at", "instant", "when it was handed to the field", true},
    {"decided_at",
     "items[].decided_at",
     "instant",
     "when it was completed, failed or cancelled here",
     true},
    {"outcome", "items[].outcome", "string", "what the field said of it"},
    {"held_by", "items[].held_by", "string", "the rules that hold it back; empty: none does"},
    {"meter", "items[].meter", "string", "the meter", true},
    {"done_at", "items[].done_at", "instant", "when the field did it, by its own word", true},
    {"new_meter", "items[].new_meter", "string", "change: the meter that is to serve", true},
    {"note", "items[].note", "string", "change: for whoever goes there"},
    {"amount",
     "items[].amount",
     "money",
     "recharge: what the meter's credit gains; negative: loses",
     true},
    {"payment", "items[].payment", "string", "recharge: the payment it comes from", true},
};

}  // namespace

cli::Json order_json(const app::OrderShown& shown) {
    const auto& order = shown.order;
    cli::Json item;
    item["order"] = shown.name;
    item["account"] = shown.account;
    item["kind"] = account::to_string(order.kind);
    item["state"] = account::to_string(order.state);
    item["reason"] = order.reason;
    item["created_at"] = format_instant(order.created_at);
    item["due_at"] = cli::instant_json(order.due_at);
    item["exported_at"] = cli::instant_json(order.exported_at);
    item["decided_at"] = cli::instant_json(order.decided_at);
    item["outcome"] = order.outcome;
    item["held_by"] = order.held_by;
    item["meter"] = shown.meter.empty() ? cli::Json(nullptr) : cli::Json(shown.meter);
    item["done_at"] = cli::instant_json(order.done_at);
    item["new_meter"] = cli::text_json(order.new_meter);
    item["note"] = order.note;
    item["amount"] = order.amount ? cli::Json(format_money(*order.amount)) : cli::Json(nullptr);
    item["payment"] = payment_name(shown);
    return item;
}

cli::Json payment_name(const app::OrderShown& shown) {
    if (!shown.order.payment)
        return nullptr;
    return app::name_of(app::Named::payment, shown.account, *shown.order.payment);
}

cli::Field currency_field() {
    return {"currency", "string", "ISO 4217 code of every amount"};
}

std::vector<cli::Field> order_fields(bool items) {
    std::vector<cli::Field> found;
    for (const auto& field : fields) {
        found.push_back(
            {items ? field.of_items : field.of_root, field.type, field.help, field.nullable}
        );
    }
    return found;
}

cli::Json holds_json(const rules::Verdict& verdict) {
    auto list = cli::Json::array();
    for (const auto& hold : verdict.holds) {
        cli::Json item;
        item["rule"] = hold.id;
        item["citation"] = hold.citation;
        item["text"] = hold.text;
        item["mark"] = hold.mark ? cli::Json(rules::to_string(*hold.mark)) : cli::Json(nullptr);
        item["until"] = cli::local_json(hold.until);
        list.push_back(std::move(item));
    }
    return list;
}

cli::Context::View order_table() {
    cli::Context::View view;
    view.columns = {
        {"order", "ORDER"},
        {"account", "ACCOUNT"},
        {"kind", "KIND"},
        {"state", "STATE"},
        {"created_at", "CREATED"},
        {"due_at", "DUE"},
        {"held_by", "HELD BY"},
        {"meter", "METER"},
    };
    return view;
}

}  // namespace usagectl
