// SPDX-License-Identifier: MIT
// usagectl invoice pay: an agent has paid.
#include "card/card_settings.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "invoice/commands.hpp"
#include "invoice/invoice_json.hpp"

namespace usagectl {

namespace {

struct PayOptions {
    std::optional<std::int64_t> invoice;
    std::string method;
    std::string reference;
    std::optional<Money> amount;
};

Exit run(const PayOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto rules = card_rules_of(context.settings);
    app::PayInvoice request;
    request.number = *options.invoice;
    request.method = *account::parse_method(options.method);
    request.reference = options.reference;
    request.amount = options.amount;
    request.dry_run = context.globals.dry_run;
    const cli::Json body{
        {"invoice", request.number},
        {"method", options.method},
        {"reference", request.reference},
        {"amount", request.amount ? format_money(*request.amount) : ""}};
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto answer = [&](const app::InvoiceShown& shown, bool dry_run) {
        auto root = invoice_json(shown.kept.invoice, shown.agent, rules.currency);
        root["dry_run"] = dry_run;
        return root;
    };
    request.paid = [&](const app::InvoiceShown& paid) { keyed.keep(answer(paid, false)); };
    const auto paid =
        context.must(app::pay_invoice(store, request, rules, cli::actor_of(context), context.clock)
        );
    context.print(answer(paid, request.dry_run), {});
    return Exit::done;
}

}  // namespace

cli::Command invoice_pay_command() {
    using cli::bind;
    using O = PayOptions;
    cli::Spec spec;
    spec.path = {"invoice", "pay"};
    spec.summary = "note that an agent has paid an invoice";
    spec.description = "The whole of it, once: an invoice is not paid in parts.";
    spec.words = {
        bind({.name = "INVOICE", .help = "the invoice's number", .required = true}, &O::invoice),
        bind(
            {.name = "--method",
             .value = "METHOD",
             .help = "how it was paid",
             .choices = {"cash", "card", "ach", "money_transfer", "bill_payment"},
             .required = true},
            &O::method
        ),
        bind({.name = "--reference", .value = "TEXT", .help = "the payment's own"}, &O::reference),
        bind(
            {.name = "--amount",
             .value = "AMOUNT",
             .help = "what came, to be held against what is due"},
            &O::amount
        ),
    };
    spec.fields = invoice_fields(false);
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.examples = {
        {"usagectl invoice pay 1 --method ach --reference 2026-11-20/77", "the bank says so"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such invoice"},
        {Exit::refused, "it was paid before, or another amount is due"},
    };
    spec.changes = true;
    return cli::command<PayOptions>(std::move(spec), run);
}

}  // namespace usagectl
