// SPDX-License-Identifier: MIT
// usagectl card batches: batches and where they are.
#include <map>

#include "card/card_json.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct BatchesOptions {
    std::string state;
    std::optional<card::AgentId> agent;
};

Exit run(const BatchesOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    cli::Json root;
    root["items"] = cli::Json::array();
    store.read([&] {
        std::map<std::int64_t, std::string> agents;
        for (const auto& agent : store.agents().list())
            agents[agent.number] = agent.id;
        store.cards().each_batch([&](const card::Batch& batch) {
            const auto agent = batch.agent ? agents[*batch.agent] : "";
            const bool wanted =
                (options.state.empty() || options.state == card::to_string(batch.state)) &&
                (!options.agent || options.agent->text() == agent);
            if (wanted)
                root["items"].push_back(batch_json(batch, agent, rules.currency));
            return true;
        });
    });
    context.print(
        std::move(root),
        {{{"batch", "BATCH"},
          {"state", "STATE"},
          {"cards", "CARDS", true},
          {"value", "VALUE", true},
          {"expires", "EXPIRES"},
          {"agent", "AGENT"}}}
    );
    return Exit::done;
}

}  // namespace

cli::Command card_batches_command() {
    cli::Spec spec;
    spec.path = {"card", "batches"};
    spec.summary = "list batches of cards";
    spec.words = {
        cli::bind(
            {.name = "--state",
             .value = "STATE",
             .help = "only batches in this state",
             .choices =
                 {"generated", "printed", "received", "shipped", "active", "frozen", "void"}},
            &BatchesOptions::state
        ),
        words::agent(&BatchesOptions::agent),
    };
    spec.fields = batch_fields(true);
    spec.examples = {{"usagectl card batches --state shipped", "what is on its way"}};
    return cli::command<BatchesOptions>(std::move(spec), run);
}

}  // namespace usagectl
