// SPDX-License-Identifier: MIT
// usagectl card inventory: proof that every card is somewhere, and where.
#include "app/card_inventory.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"

namespace usagectl {

namespace {

// Findings are few where all is well; a store that is damaged everywhere is told in part.
constexpr std::size_t most_shown = 10'000;

struct InventoryOptions {
    std::optional<card::BatchName> batch;
    std::optional<card::AgentId> agent;
};

void add_places(cli::Json& json, const card::Places& places) {
    for (const auto place : card::places)
        json[std::string(card::to_string(place))] = places.at(place);
    json["held"] = places.held();
}

cli::Json item_json(const app::InventoryItem& item) {
    cli::Json json{
        {"batch", item.batch.name},
        {"state", card::to_string(item.batch.state)},
        {"agent", cli::name_json(item.agent)},
        {"value", format_money(item.batch.value)},
        {"cards", item.batch.cards},
    };
    add_places(json, item.places);
    json["worth"] = format_money(item.worth);
    return json;
}

cli::Json finding_json(const app::InventoryFinding& finding) {
    return {
        {"finding", finding.what},
        {"batch", cli::name_json(finding.batch)},
        {"serial", cli::name_json(finding.serial)},
        {"detail", finding.detail},
    };
}

std::vector<std::string>
footing_of(const app::Inventory& taken, const cli::Json& findings, const std::string& currency) {
    std::vector<std::string> lines;
    std::string sum = std::to_string(taken.generated) + " cards generated";
    auto joint = " = ";
    for (const auto place : card::places) {
        sum += joint + std::to_string(taken.places.at(place)) + " " +
               std::string(card::to_string(place));
        joint = " + ";
    }
    lines.push_back(sum + "; " + std::to_string(taken.places.held()) + " of these held");
    lines.push_back(
        "on sale " + format_money(taken.worth) + " " + currency +
        (taken.liability ? ", in the ledger " + format_money(*taken.liability) : std::string())
    );
    for (const auto& finding : findings) {
        std::string about = finding["finding"];
        for (const auto* name : {"batch", "serial"}) {
            if (!finding[name].is_null())
                about += " " + finding[name].get<std::string>();
        }
        lines.push_back(about + ": " + finding["detail"].get<std::string>());
    }
    lines.push_back(
        taken.findings == 0 ? "all in order" : std::to_string(taken.findings) + " findings"
    );
    return lines;
}

Exit run(const InventoryOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto currency = card_rules_of(context.settings).currency;
    app::InventoryAsked asked;
    if (options.batch)
        asked.batch = options.batch->text();
    if (options.agent)
        asked.agent = options.agent->text();
    auto findings = cli::Json::array();
    app::Inventory taken;
    store.read([&] {
        taken =
            context
                .must(app::take_inventory(store, asked, [&](const app::InventoryFinding& finding) {
                    if (findings.size() < most_shown)
                        findings.push_back(finding_json(finding));
                }));
    });
    cli::Json root{{"currency", currency}, {"generated", taken.generated}};
    add_places(root, taken.places);
    root["worth"] = format_money(taken.worth);
    root["liability"] = cli::money_json(taken.liability);
    root["finding_count"] = taken.findings;
    root["findings"] = findings;
    root["items"] = cli::Json::array();
    for (const auto& item : taken.items)
        root["items"].push_back(item_json(item));
    context.print(
        std::move(root),
        {{{"batch", "BATCH"},
          {"agent", "AGENT"},
          {"value", "VALUE", true},
          {"cards", "CARDS", true},
          {"stock", "STOCK", true},
          {"shipped", "SHIPPED", true},
          {"active", "ACTIVE", true},
          {"used", "USED", true},
          {"void", "VOID", true},
          {"expired", "EXPIRED", true},
          {"held", "HELD", true}},
         {},
         footing_of(taken, findings, currency)}
    );
    return taken.findings == 0 ? Exit::done : Exit::check_failed;
}

void append_places(std::vector<cli::Field>& fields, std::array<std::string_view, 7> paths) {
    constexpr std::array<std::string_view, 7> meanings{
        "with the utility or its printer",
        "with an agent, not on sale",
        "on sale",
        "spent",
        "worth nothing for ever",
        "not spent before their last day was over",
        "of stock, shipped and active: frozen, singly or with their batch",
    };
    for (std::size_t at = 0; at < paths.size(); ++at)
        fields.push_back({paths.at(at), "integer", meanings.at(at)});
}

std::vector<cli::Field> inventory_fields() {
    std::vector<cli::Field> fields{
        {"currency", "string", "ISO 4217 code of every amount"},
        {"generated", "integer", "cards ever made; of some batches: cards said to be in them"},
    };
    append_places(fields, {"stock", "shipped", "active", "used", "void", "expired", "held"});
    for (const auto& field : std::vector<cli::Field>{
             {"worth", "money", "of the cards on sale"},
             {"liability", "money", "what the ledger owes for them; null for some batches", true},
             {"finding_count", "integer", "how much is wrong; the first 10000 are told"},
             {"findings[].finding", "string", "what is wrong, in snake_case"},
             {"findings[].batch", "string", "in which batch; null: in all", true},
             {"findings[].serial", "string", "with which card", true},
             {"findings[].detail", "string", "in words"},
             {"items[].batch", "string", "the batch"},
             {"items[].state", "string", "its state"},
             {"items[].agent", "string", "who has it", true},
             {"items[].value", "money", "of each card"},
             {"items[].cards", "integer", "cards said to be in it"}})
        fields.push_back(field);
    append_places(
        fields,
        {"items[].stock",
         "items[].shipped",
         "items[].active",
         "items[].used",
         "items[].void",
         "items[].expired",
         "items[].held"}
    );
    fields.push_back({"items[].worth", "money", "of its cards on sale"});
    return fields;
}

}  // namespace

cli::Command card_inventory_command() {
    cli::Spec spec;
    spec.path = {"card", "inventory"};
    spec.summary = "prove that every card is where it should be";
    spec.description =
        "Each card ever made must be in one place, the serial numbers without a hole; the cards on "
        "sale must be worth what the ledger owes for them; and each card spent must have its "
        "payment.";
    spec.words = {words::batch(&InventoryOptions::batch), words::agent(&InventoryOptions::agent)};
    spec.fields = inventory_fields();
    spec.examples = {
        {"usagectl card inventory", "the whole proof"},
        {"usagectl card inventory --agent north-market", "what one agent has"},
    };
    spec.exits = {
        {Exit::check_failed, "something is wrong"},
        {Exit::not_found, "there is no such batch or agent"},
    };
    return cli::command<InventoryOptions>(std::move(spec), run);
}

}  // namespace usagectl
