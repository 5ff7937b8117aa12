// SPDX-License-Identifier: MIT
// usagectl agent list: who sells cards.
#include "agent/agent_json.hpp"
#include "agent/commands.hpp"
#include "cli/context.hpp"

namespace usagectl {

namespace {

struct ListOptions {};

Exit run(const ListOptions&, cli::Context& context) {
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& agent : context.store().agents().list())
        root["items"].push_back(agent_json(agent));
    context.print(
        std::move(root),
        {{{"agent", "AGENT"},
          {"name", "NAME"},
          {"commission_percent", "PERCENT", true},
          {"invoice_on", "INVOICE ON"},
          {"period", "PERIOD"}}}
    );
    return Exit::done;
}

}  // namespace

cli::Command agent_list_command() {
    cli::Spec spec;
    spec.path = {"agent", "list"};
    spec.summary = "list those who sell cards";
    spec.fields = agent_fields(true);
    spec.examples = {{"usagectl agent list", "by short name"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
