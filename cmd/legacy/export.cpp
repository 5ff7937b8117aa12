// SPDX-License-Identifier: MIT
// usagectl legacy export: what the legacy billing system has to be told.
#include "account/prepay_settings.hpp"
#include "app/legacy_export.hpp"
#include "base/digest.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "legacy/commands.hpp"

namespace usagectl {

namespace {

struct ExportOptions {
    std::string what;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::string file;
};

Exit run(const ExportOptions& options, cli::Context& context) {
    if (*options.to < *options.from) {
        context.fail(
            {Exit::usage,
             "span_reversed",
             "--to " + format_day(*options.to) + " lies before --from " + format_day(*options.from)}
        );
    }
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const app::DaySpan days{*options.from, *options.to};
    cli::OutputFile file(options.file);
    Sha256 hash;
    const auto sink = [&](std::string_view rows) {
        file.write(rows);
        hash.update(rows);
    };
    app::LegacyExported exported;
    const bool accounts = options.what == "accounts";
    store.read([&] {
        exported = accounts ? app::export_new_accounts(store, days, prepay, sink)
                            : app::export_prepay_charges(store, days, prepay, sink);
    });
    file.finish();
    const auto sha256 = hash.finish();
    store.write([&] {
        store.audit().append(cli::actor_of(context).record(
            context.clock.now(),
            std::to_string(exported.rows) + " rows of " + options.what + " from " +
                format_day(days.first) + " to " + format_day(days.last) + ", sha256 " + sha256
        ));
    });
    cli::Json root;
    root["what"] = options.what;
    root["from"] = format_day(days.first);
    root["to"] = format_day(days.last);
    root["path"] = options.file;
    root["rows"] = exported.rows;
    root["amount"] = accounts ? cli::Json(nullptr) : cli::Json(format_money(exported.amount));
    root["currency"] = prepay.currency;
    root["sha256"] = sha256;
    context.print(std::move(root), {});
    return Exit::done;
}

}  // namespace

cli::Command legacy_export_command() {
    cli::Spec spec;
    spec.path = {"legacy", "export"};
    spec.summary = "write new accounts or prepay charges for the legacy system";
    spec.description =
        "accounts: those made on the days. charges: options, fees and minimums of the days, which "
        "the legacy system does not know, with the taxes on fees. The same ledger gives the same "
        "bytes. Telephone numbers are written in full; who wrote them is recorded.";
    spec.words = {
        cli::bind(
            {.name = "WHAT",
             .help = "what to write",
             .choices = {"accounts", "charges"},
             .required = true},
            &ExportOptions::what
        ),
        cli::bind(
            {.name = "--from", .value = "DATE", .help = "first local day", .required = true},
            &ExportOptions::from
        ),
        cli::bind(
            {.name = "--to",
             .value = "DATE",
             .help = "last local day, inclusive",
             .required = true},
            &ExportOptions::to
        ),
        cli::bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "where to; what is there is replaced",
             .complete = cli::Complete::file,
             .required = true},
            &ExportOptions::file
        ),
    };
    spec.fields = {
        {"what", "string", "accounts or charges"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day"},
        {"path", "string", "the file"},
        {"rows", "integer", "behind the header row"},
        {"amount", "money", "of all charges; null for accounts", true},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"sha256", "string", "of the file"},
    };
    spec.examples = {
        {"usagectl legacy export charges --from 2026-11-01 --to 2026-11-19 -o charges.csv",
         "for the next bills"},
        {"usagectl legacy export accounts --from 2026-11-19 --to 2026-11-19 -o accounts.csv",
         "accounts to make there"},
    };
    spec.exits = {{Exit::unavailable, "the file cannot be written"}};
    spec.records = true;
    return cli::command<ExportOptions>(std::move(spec), run);
}

}  // namespace usagectl
