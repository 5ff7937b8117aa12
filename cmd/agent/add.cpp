// SPDX-License-Identifier: MIT
// usagectl agent add: somebody who sells cards.
#include "agent/agent_json.hpp"
#include "agent/commands.hpp"
#include "app/undo.hpp"
#include "base/number.hpp"
#include "card/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"

namespace usagectl {

namespace {

struct AddOptions {
    std::optional<card::AgentId> agent;
    std::string name;
    std::string contact;
    std::string commission = "0";
    std::string basis = "used";
    std::string period = "month";
};

card::Agent agent_of(const AddOptions& options, const cli::Context& context) {
    const auto commission = parse_scaled(options.commission, 2);
    if (!commission || commission->inexact || commission->value < 0 || commission->value > 10'000) {
        context.fail(
            {Exit::usage,
             "malformed_percent",
             "--commission: a percentage from 0 to 100 with two decimals at most"}
        );
    }
    card::Agent agent;
    agent.id = options.agent->text();
    agent.name = options.name.empty() ? agent.id : options.name;
    agent.contact = options.contact;
    agent.commission = commission->value;
    agent.basis = *card::parse_basis(options.basis);
    agent.period = *card::parse_period(options.period);
    return agent;
}

cli::Json to_json(const card::Agent& agent, bool dry_run) {
    auto root = agent_json(agent);
    root["dry_run"] = dry_run;
    return root;
}

Exit run(const AddOptions& options, cli::Context& context) {
    auto& store = context.store();
    auto agent = agent_of(options, context);
    const cli::Json body{
        {"agent", agent.id},
        {"name", agent.name},
        {"contact", agent.contact},
        {"commission", agent.commission},
        {"basis", options.basis},
        {"period", options.period}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    agent.created_at = context.clock.now();
    context.must(app::attempt<int>(store, context.globals.dry_run, [&]() -> Result<int> {
        store.cards().lock_stock();
        if (store.agents().find(agent.id)) {
            return refuse(
                Exit::refused,
                "agent_exists",
                "there is an agent " + agent.id + " already",
                "usagectl agent show " + agent.id
            );
        }
        store.agents().append(agent);
        store.audit().append(
            cli::actor_of(context).record(agent.created_at, "agent " + agent.id + " added")
        );
        keyed.keep(to_json(agent, false));
        return 0;
    }));
    context.print(to_json(agent, context.globals.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command agent_add_command() {
    using cli::bind;
    using O = AddOptions;
    cli::Spec spec;
    spec.path = {"agent", "add"};
    spec.summary = "add somebody who sells cards";
    spec.words = {
        bind({.name = "AGENT", .help = "a short name", .required = true}, &O::agent),
        bind({.name = "--name", .value = "TEXT", .help = "the name on invoices"}, &O::name),
        bind({.name = "--contact", .value = "TEXT", .help = "whom to ask there"}, &O::contact),
        bind(
            {.name = "--commission",
             .value = "PERCENT",
             .help = "what the agent keeps of the face value",
             .default_text = "0"},
            &O::commission
        ),
        bind(
            {.name = "--invoice-on",
             .value = "BASIS",
             .help = "what is invoiced: cards that were spent, or all put on sale",
             .choices = {"used", "activated"},
             .default_text = "used"},
            &O::basis
        ),
        bind(
            {.name = "--period",
             .value = "PERIOD",
             .help = "how often",
             .choices = {"week", "month"},
             .default_text = "month"},
            &O::period
        ),
    };
    spec.fields = agent_fields(false);
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.examples = {
        {"usagectl agent add corner-store --name 'Corner Store' --commission 3.5", "new"},
    };
    spec.exits = {{Exit::refused, "there is an agent of this name already"}};
    spec.changes = true;
    return cli::command<AddOptions>(std::move(spec), run);
}

}  // namespace usagectl
