// SPDX-License-Identifier: MIT
#include "invoice/invoice_json.hpp"

#include "cli/json_values.hpp"

namespace usagectl {

cli::Json
invoice_json(const card::Invoice& invoice, const card::Agent& agent, std::string_view currency) {
    return {
        {"invoice", invoice.number},
        {"agent", agent.id},
        {"name", agent.name},
        {"from", format_day(invoice.first)},
        {"to", format_day(invoice.last)},
        {"invoice_on", card::to_string(invoice.basis)},
        {"cards", invoice.cards},
        {"currency", currency},
        {"face", format_money(invoice.face)},
        {"commission", format_money(invoice.commission)},
        {"credit", format_money(invoice.credit)},
        {"due", format_money(invoice.due())},
        {"made_at", cli::instant_json(invoice.made.at)},
        {"made_by", invoice.made.by},
        {"paid_at", cli::instant_json(invoice.paid.at)},
        {"paid_by", cli::name_json(invoice.paid.by)},
    };
}

std::vector<cli::Field> invoice_fields(bool items) {
    std::vector<cli::Field> fields{
        {"items[].invoice", "integer", "its number; they have no gaps"},
        {"items[].agent", "string", "the agent's short name"},
        {"items[].name", "string", "the agent's name"},
        {"items[].from", "date", "first local day"},
        {"items[].to", "date", "last local day, inclusive"},
        {"items[].invoice_on", "string", "used: cards that were spent; activated: put on sale"},
        {"items[].cards", "integer", "cards on it"},
        {"items[].currency", "string", "ISO 4217 code of every amount"},
        {"items[].face", "money", "what the cards are worth"},
        {"items[].commission", "money", "what the agent keeps"},
        {"items[].credit", "money", "for cards that became void after they were invoiced"},
        {"items[].due", "money", "what the agent owes: face less commission and credit"},
        {"items[].made_at", "instant", "when it was made"},
        {"items[].made_by", "string", "who made it"},
        {"items[].paid_at", "instant", "when it was paid", true},
        {"items[].paid_by", "string", "method and reference of the payment", true},
    };
    if (!items) {
        for (auto& field : fields)
            field.path.remove_prefix(std::string_view("items[].").size());
    }
    return fields;
}

cli::Json whole_json(const app::InvoiceShown& shown, std::string_view currency) {
    auto root = invoice_json(shown.kept.invoice, shown.agent, currency);
    root["items"] = cli::Json::array();
    for (const auto& line : shown.lines) {
        root["items"].push_back(
            {{"batch", line.batch},
             {"value", format_money(line.value)},
             {"cards", line.cards},
             {"void", line.voided},
             {"face", format_money(line.face)},
             {"commission", format_money(line.commission)},
             {"due", format_money(line.face - line.commission)}}
        );
    }
    return root;
}

std::vector<cli::Field> whole_fields() {
    auto fields = invoice_fields(false);
    for (const auto& field : std::vector<cli::Field>{
             {"items[].batch", "string", "the batch the cards are in now"},
             {"items[].value", "money", "of each card"},
             {"items[].cards", "integer", "cards of this batch on the invoice"},
             {"items[].void", "integer", "of them that became void since"},
             {"items[].face", "money", "what they are worth together"},
             {"items[].commission", "money", "their share of the commission"},
             {"items[].due", "money", "face less commission"}})
        fields.push_back(field);
    return fields;
}

cli::Context::View whole_view(const cli::Json& whole) {
    const auto text = [&](const char* name) { return whole[name].get<std::string>(); };
    const auto money = [&](const char* name) { return text(name) + " " + text("currency"); };
    const auto credit = text("credit");
    return {
        {{"batch", "BATCH"},
         {"value", "VALUE", true},
         {"cards", "CARDS", true},
         {"face", "FACE", true},
         {"commission", "COMMISSION", true},
         {"due", "DUE", true}},
        {"invoice " + whole["invoice"].dump() + " to " + text("agent") + "  " + text("name"),
         "cards " + text("invoice_on") + " from " + text("from") + " to " + text("to")},
        {"due " + money("due") + ": face " + text("face") + ", commission " + text("commission") +
             (credit == format_money({}) ? "" : ", credit " + credit),
         whole["paid_at"].is_null() ? "not paid yet"
                                    : "paid at " + text("paid_at") + ": " + text("paid_by")}};
}

}  // namespace usagectl
