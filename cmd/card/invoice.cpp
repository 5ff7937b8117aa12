// SPDX-License-Identifier: MIT
// usagectl card invoice: what an agent owes for the cards he sold.
#include "app/card_invoice.hpp"
#include "card/card_settings.hpp"
#include "card/commands.hpp"
#include "card/words.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "invoice/invoice_json.hpp"

namespace usagectl {

namespace {

struct InvoiceOptions {
    std::optional<card::AgentId> agent;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
};

std::optional<card::Days> days_of(const InvoiceOptions& options, const cli::Context& context) {
    if (options.from.has_value() != options.to.has_value()) {
        context.fail(
            {Exit::usage,
             "malformed_period",
             "--from and --to go together",
             "without both of them the agent's last whole week or month is invoiced"}
        );
    }
    if (!options.from)
        return std::nullopt;
    if (*options.to < *options.from)
        context.fail({Exit::usage, "malformed_period", "--to is before --from"});
    return card::Days{*options.from, *options.to};
}

Exit run(const InvoiceOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    app::MakeInvoice request;
    request.agent = options.agent->text();
    request.days = days_of(options, context);
    request.dry_run = context.globals.dry_run;
    const cli::Json body{
        {"agent", request.agent},
        {"from", request.days ? format_day(request.days->first) : ""},
        {"to", request.days ? format_day(request.days->last) : ""}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        const auto view = whole_view(*before);
        context.print(std::move(*before), view);
        return Exit::done;
    }
    const auto answer = [&](const app::InvoiceShown& shown, bool dry_run) {
        auto root = whole_json(shown, rules.currency);
        root["dry_run"] = dry_run;
        return root;
    };
    request.made = [&](const app::InvoiceShown& made) { keyed.keep(answer(made, false)); };
    const auto made =
        context.must(app::make_invoice(store, request, rules, cli::actor_of(context), context.clock)
        );
    auto root = answer(made, request.dry_run);
    const auto view = whole_view(root);
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command card_invoice_command() {
    using O = InvoiceOptions;
    cli::Spec spec;
    spec.path = {"card", "invoice"};
    spec.summary = "invoice an agent for cards";
    spec.description =
        "For cards that were spent on these days, or for all that were put on sale on them, as the "
        "agent was added; each card once. No two invoices of an agent share a day.";
    spec.words = {
        words::agent(&O::agent, true),
        cli::bind(
            {.name = "--from",
             .value = "DATE",
             .help = "first local day; default: the agent's last whole week or month"},
            &O::from
        ),
        cli::bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive; before today"},
            &O::to
        ),
    };
    spec.fields = whole_fields();
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.examples = {
        {"usagectl card invoice --agent south-market --from 2026-11-02 --to 2026-11-08", "a week"},
        {"usagectl card invoice --agent east-market --dry-run", "the last whole period"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such agent"},
        {Exit::refused,
         "nothing is to be invoiced, or some of these days have been, or are not "
         "over"},
    };
    spec.changes = true;
    return cli::command<InvoiceOptions>(std::move(spec), run);
}

}  // namespace usagectl
