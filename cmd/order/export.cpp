// SPDX-License-Identifier: MIT
// usagectl order export: pending orders are handed to the field system.
#include "account/prepay_settings.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "order/commands.hpp"
#include "order/field_file.hpp"
#include "order/order_json.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct ExportOptions {
    std::string kind;
    std::string output;
    std::string format = "csv";
    bool again = false;
};

cli::Json to_json(const app::OrdersExported& exported, const app::Prepay& prepay, bool dry_run) {
    cli::Json root;
    root["exported"] = exported.orders.size();
    root["held"] = exported.held.size();
    root["items"] = cli::Json::array();
    for (const auto& shown : exported.orders)
        root["items"].push_back(order_json(shown));
    for (const auto& shown : exported.held)
        root["items"].push_back(order_json(shown));
    root["dry_run"] = dry_run;
    root["currency"] = prepay.currency;
    return root;
}

// Requests from before there was a choice of formats are still the same.
std::string body_of(const ExportOptions& options) {
    cli::Json body{{"kind", options.kind}, {"output", options.output}, {"again", options.again}};
    if (options.format != "csv")
        body["format"] = options.format;
    return cli::body_text(body);
}

Exit run(const ExportOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const auto packs = rule_packs(context);
    app::ExportOrders request;
    if (!options.kind.empty())
        request.kind = account::parse_order_kind(options.kind);
    request.again = options.again;
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, body_of(options));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), order_table());
        return Exit::done;
    }
    request.deliver = [&](const app::OrdersExported& exported) {
        keyed.keep(to_json(exported, prepay, false));
        if (!options.output.empty() && !request.dry_run)
            cli::write_whole(options.output, [&](cli::OutputFile& file) {
                const bool csv = options.format == "csv";
                write_field_file(
                    file,
                    csv ? FieldFormat::csv : FieldFormat::jsonl,
                    exported.orders,
                    prepay.currency
                );
            });
    };
    const auto exported =
        app::export_orders(store, request, prepay, packs, cli::actor_of(context), context.clock);
    auto view = order_table();
    if (!exported.held.empty())
        view.footing = {
            std::to_string(exported.held.size()) +
            " suspensions are held back by rules: usagectl order show explains"};
    context.print(to_json(exported, prepay, context.globals.dry_run), view);
    return Exit::done;
}

}  // namespace

cli::Command order_export_command() {
    cli::Spec spec;
    spec.path = {"order", "export"};
    spec.summary = "hand pending orders to the field";
    spec.description =
        "Orders that are pending become exported. A suspension is judged by its rule pack at this "
        "moment; what a rule holds back stays pending. With -o a file is written before the "
        "orders count as handed over.";
    spec.words = {
        cli::bind(
            {.name = "--kind",
             .value = "KIND",
             .help = "only orders of this kind",
             .choices = {"activate", "suspend", "reconnect", "change", "recharge"}},
            &ExportOptions::kind
        ),
        cli::bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "file for the field system",
             .complete = cli::Complete::file},
            &ExportOptions::output
        ),
        cli::bind(
            {.name = "--format-out",
             .value = "FORMAT",
             .help = "how that file is written",
             .choices = {"csv", "jsonl"},
             .default_text = "csv"},
            &ExportOptions::format
        ),
        cli::bind(
            {.name = "--again", .help = "those handed over before and not decided, too"},
            &ExportOptions::again
        ),
    };
    spec.fields = {
        {"exported", "integer", "orders handed over"},
        {"held", "integer", "suspensions that a rule holds back"},
        {"dry_run", "boolean", "true when nothing was kept"},
        currency_field(),
    };
    for (auto& field : order_fields(true))
        spec.fields.push_back(field);
    spec.examples = {
        {"usagectl order export -o field.csv", "everything that may be done now"},
        {"usagectl order export -o field.jsonl --format-out jsonl", "the same as JSON lines"},
        {"usagectl order export --kind suspend --dry-run", "which suspensions are held back?"},
    };
    spec.exits = {{Exit::unavailable, "the file cannot be written; nothing was handed over"}};
    spec.changes = true;
    return cli::command<ExportOptions>(std::move(spec), run);
}

}  // namespace usagectl
