// SPDX-License-Identifier: MIT
// usagectl invoice list: what agents owe, and owed.
#include <map>

#include "card/card_settings.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"
#include "invoice/commands.hpp"
#include "invoice/invoice_json.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<card::AgentId> agent;
    bool unpaid = false;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto currency = card_rules_of(context.settings).currency;
    cli::Json root;
    root["items"] = cli::Json::array();
    Money due;
    store.read([&] {
        std::optional<std::int64_t> only;
        if (options.agent) {
            const auto agent = store.agents().find(options.agent->text());
            if (!agent)
                context.fail(app::unknown_agent(options.agent->text()));
            only = agent->number;
        }
        std::map<std::int64_t, card::Agent> agents;
        for (auto& agent : store.agents().list())
            agents.emplace(agent.number, std::move(agent));
        for (const auto& kept : store.agents().invoices(only)) {
            const auto& invoice = kept.invoice;
            if (options.unpaid && invoice.paid.at)
                continue;
            if (!invoice.paid.at)
                due = due + invoice.due();
            root["items"].push_back(invoice_json(invoice, agents.at(invoice.agent), currency));
        }
    });
    context.print(
        std::move(root),
        {{{"invoice", "INVOICE", true},
          {"agent", "AGENT"},
          {"from", "FROM"},
          {"to", "TO"},
          {"cards", "CARDS", true},
          {"face", "FACE", true},
          {"commission", "COMMISSION", true},
          {"due", "DUE", true},
          {"paid_at", "PAID"}},
         {},
         {"not paid yet: " + format_money(due) + " " + currency}}
    );
    return Exit::done;
}

}  // namespace

cli::Command invoice_list_command() {
    cli::Spec spec;
    spec.path = {"invoice", "list"};
    spec.summary = "list the invoices of agents";
    spec.words = {
        words::agent(&ListOptions::agent),
        cli::bind(
            {.name = "--unpaid", .help = "only those that are not paid yet"}, &ListOptions::unpaid
        ),
    };
    spec.fields = invoice_fields(true);
    spec.examples = {{"usagectl invoice list --unpaid", "who owes what"}};
    spec.exits = {{Exit::not_found, "there is no such agent"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
