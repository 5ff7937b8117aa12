// SPDX-License-Identifier: MIT
// usagectl invoice show: one invoice with its lines, also on paper.
#include "card/card_settings.hpp"
#include "cli/context.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "invoice/commands.hpp"
#include "invoice/invoice_json.hpp"
#include "invoice/invoice_pdf.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::optional<std::int64_t> invoice;
    std::optional<std::string> output;
};

Exit run(const ShowOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto currency = card_rules_of(context.settings).currency;
    app::InvoiceShown shown;
    store.read([&] { shown = context.must(app::show_invoice(store, *options.invoice)); });
    if (options.output) {
        const auto bytes = invoice_pdf(
            shown,
            {context.settings.text("utility.name"),
             context.settings.text("utility.phone"),
             context.settings.text("utility.web"),
             currency}
        );
        cli::OutputFile file(*options.output);
        file.write(bytes);
        file.finish();
        context.note("the invoice is in " + *options.output);
    }
    auto root = whole_json(shown, currency);
    const auto view = whole_view(root);
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command invoice_show_command() {
    cli::Spec spec;
    spec.path = {"invoice", "show"};
    spec.summary = "show an invoice and what is on it";
    spec.words = {
        cli::bind(
            {.name = "INVOICE", .help = "the invoice's number", .required = true},
            &ShowOptions::invoice
        ),
        cli::bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "write it as a PDF, too",
             .complete = cli::Complete::file},
            &ShowOptions::output
        ),
    };
    spec.fields = whole_fields();
    spec.examples = {
        {"usagectl invoice show 1 -o invoice-1.pdf", "to be sent"},
        {"usagectl invoice show 1 --format csv", "its lines, for a spreadsheet"},
    };
    spec.exits = {{Exit::not_found, "there is no such invoice"}};
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
