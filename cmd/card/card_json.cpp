// SPDX-License-Identifier: MIT
#include "card/card_json.hpp"

namespace usagectl {

cli::Json
batch_json(const card::Batch& batch, const std::string& agent, std::string_view currency) {
    const auto at = [](const card::Deed& deed) {
        return deed.at ? cli::Json(format_instant(*deed.at)) : cli::Json();
    };
    cli::Json json{
        {"batch", batch.name},
        {"state", card::to_string(batch.state)},
        {"frozen_from", nullptr},
        {"cards", batch.cards},
        {"made", batch.made},
        {"wanted", batch.wanted},
        {"value", format_money(batch.value)},
        {"currency", currency},
        {"expires", nullptr},
        {"agent", nullptr},
        {"print_file", nullptr},
        {"key", batch.key},
        {"created_at", format_instant(batch.created_at)},
        {"confirmed_at", at(batch.confirmed)},
        {"confirmed_by", nullptr},
        {"activated_at", at(batch.activated)},
        {"activated_by", nullptr},
    };
    if (batch.frozen_from)
        json["frozen_from"] = card::to_string(*batch.frozen_from);
    if (batch.expires)
        json["expires"] = format_day(*batch.expires);
    if (!agent.empty())
        json["agent"] = agent;
    if (!batch.print_file.empty())
        json["print_file"] = batch.print_file;
    if (batch.confirmed.at)
        json["confirmed_by"] = batch.confirmed.by;
    if (batch.activated.at)
        json["activated_by"] = batch.activated.by;
    return json;
}

std::vector<cli::Field> batch_fields(bool items) {
    std::vector<cli::Field> fields{
        {"items[].batch", "string", "name of the batch"},
        {"items[].state",
         "string",
         "generated, printed, received, shipped, active, frozen or void"},
        {"items[].frozen_from", "string", "what it was when it was frozen", true},
        {"items[].cards", "integer", "cards that are in it"},
        {"items[].made", "integer", "cards it was made with, so far"},
        {"items[].wanted", "integer", "cards it is to be made with; 0: packaged from another"},
        {"items[].value", "money", "of each card"},
        {"items[].currency", "string", "ISO 4217 code of the value"},
        {"items[].expires", "date", "the last day a card can be spent", true},
        {"items[].agent", "string", "who has it", true},
        {"items[].print_file", "string", "where its PINs were written", true},
        {"items[].key", "string", "name of the key its PINs are marked with"},
        {"items[].created_at", "instant", "when it was made"},
        {"items[].confirmed_at", "instant", "when the agent confirmed to have it", true},
        {"items[].confirmed_by", "string", "who did", true},
        {"items[].activated_at", "instant", "when it was put on sale", true},
        {"items[].activated_by", "string", "who did", true},
    };
    if (!items) {
        for (auto& field : fields)
            field.path.remove_prefix(std::string_view("items[].").size());
    }
    return fields;
}

cli::Json event_json(const app::CardEvent& event) {
    return {
        {"at", format_instant(event.at)},
        {"actor", event.actor},
        {"step", card::to_string(event.step)},
        {"was", event.was.empty() ? cli::Json() : cli::Json(event.was)},
        {"became", event.became},
        {"reason", event.reason},
    };
}

std::vector<cli::Field> event_fields() {
    return {
        {"items[].at", "instant", "when"},
        {"items[].actor", "string", "who"},
        {"items[].step", "string", "generate, print, receive, ship, confirm, activate and so on"},
        {"items[].was", "string", "the state before; null for the first", true},
        {"items[].became", "string", "the state after"},
        {"items[].reason", "string", "why, as it was given"},
    };
}

}  // namespace usagectl
