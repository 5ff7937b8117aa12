// SPDX-License-Identifier: MIT
// usagectl agent show: one agent and the cards he has.
#include "agent/agent_json.hpp"
#include "agent/commands.hpp"
#include "app/cards.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<card::AgentId> agent;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto agent = store.agents().find(options.agent->text());
    if (!agent)
        context.fail(app::unknown_agent(options.agent->text()));
    auto root = agent_json(*agent);
    root["items"] = cli::Json::array();
    store.cards().each_batch([&](const card::Batch& batch) {
        if (batch.agent == agent->number) {
            root["items"].push_back(
                {{"batch", batch.name},
                 {"state", card::to_string(batch.state)},
                 {"cards", batch.cards},
                 {"value", format_money(batch.value)}}
            );
        }
        return true;
    });
    context.print(
        std::move(root),
        {{{"batch", "BATCH"},
          {"state", "STATE"},
          {"cards", "CARDS", true},
          {"value", "VALUE", true}},
         {agent->id + "  " + agent->name + ", invoiced each " +
          std::string(card::to_string(agent->period)) + " on cards " +
          std::string(card::to_string(agent->basis)) +
          (agent->credit == Money() ? "" : ", credit " + format_money(agent->credit))}}
    );
    return Exit::done;
}

}  // namespace

cli::Command agent_show_command() {
    cli::Spec spec;
    spec.path = {"agent", "show"};
    spec.summary = "show an agent and his batches";
    spec.words = {
        cli::bind(
            {.name = "AGENT",
             .help = "the agent's short name",
             .complete = cli::Complete::agent,
             .required = true},
            &ShowOptions::agent
        ),
    };
    spec.fields = agent_fields(false);
    for (const auto& field : std::vector<cli::Field>{
             {"items[].batch", "string", "a batch that is with the agent"},
             {"items[].state", "string", "its state"},
             {"items[].cards", "integer", "cards in it"},
             {"items[].value", "money", "of each card"}})
        spec.fields.push_back(field);
    spec.examples = {{"usagectl agent show corner-store", "what he has"}};
    spec.exits = {{Exit::not_found, "there is no such agent"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
