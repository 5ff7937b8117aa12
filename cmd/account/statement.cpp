// SPDX-License-Identifier: MIT
// usagectl account statement: usage, charges and payments by month.
#include "app/statement.hpp"

#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/statement_pdf.hpp"
#include "account/words.hpp"
#include "cli/context.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "meter/kwh.hpp"

namespace usagectl {

namespace {

struct StatementOptions {
    std::optional<account::AccountId> account;
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::optional<std::string> output;
};

void add_figures(cli::Json& json, const app::StatementFigures& figures) {
    const auto average = figures.average();
    json["opening"] = format_money(figures.opening);
    json["usage_wh"] = figures.wh;
    json["charges"] = format_money(figures.charges);
    json["average_per_kwh"] = average ? cli::Json(format_money(*average)) : cli::Json(nullptr);
    json["payments"] = format_money(figures.paid);
    json["reversed"] = format_money(figures.reversed);
    json["to_debt"] = format_money(figures.to_debt);
    json["adjustments"] = format_money(figures.adjustments);
    json["closing"] = format_money(figures.closing);
}

cli::Json to_json(const app::Statement& statement, const std::string& currency) {
    const auto& account = statement.shown.known.account;
    cli::Json root;
    root["account"] = account.id;
    root["name"] = account.name;
    root["from"] = format_day(statement.from);
    root["to"] = format_day(statement.to);
    root["currency"] = currency;
    root["total"] = cli::Json::object();
    add_figures(root["total"], statement.total);
    root["components"] = cli::Json::array();
    for (const auto& line : statement.lines) {
        root["components"].push_back(cli::Json{
            {"kind", line.kind},
            {"component", line.name},
            {"wh", line.wh},
            {"amount", format_money(line.amount)},
        });
    }
    root["items"] = cli::Json::array();
    for (const auto& month : statement.months) {
        cli::Json item;
        item["month"] = format_day(month.first).substr(0, 7);
        item["from"] = format_day(month.first);
        item["to"] = format_day(month.last);
        add_figures(item, month.figures);
        root["items"].push_back(std::move(item));
    }
    return root;
}

std::vector<std::string> footing_of(const app::Statement& statement, const std::string& currency) {
    const auto& total = statement.total;
    std::vector<std::string> lines;
    for (const auto& line : statement.lines) {
        lines.push_back(
            line.kind + " " + line.name +
            (line.wh == 0 ? "" : " " + meter::kwh_text(line.wh) + " kWh") + ": " +
            format_money(line.amount)
        );
    }
    lines.push_back(
        "total " + format_money(total.charges) + " " + currency + " for " +
        meter::kwh_text(total.wh) + " kWh, paid " + format_money(total.paid - total.reversed)
    );
    return lines;
}

void write_pdf(const std::string& path, const app::Statement& statement, cli::Context& context) {
    const auto bytes = statement_pdf(
        statement, {context.settings.text("utility.name"), context.settings.text("prepay.currency")}
    );
    cli::OutputFile file(path);
    file.write(bytes);
    file.finish();
    context.note("the statement is in " + path);
}

Exit run(const StatementOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    app::StatementAsked asked{
        options.account->text(), options.from, options.to, context.clock.now()};
    app::Statement statement;
    store.read([&] { statement = context.must(app::account_statement(store, asked, prepay)); });
    if (options.output)
        write_pdf(*options.output, statement, context);
    cli::Context::View view;
    view.columns = {
        {"month", "MONTH"},
        {"opening", "OPENING", true},
        {"usage_wh", "WH", true},
        {"charges", "CHARGES", true},
        {"average_per_kwh", "PER KWH", true},
        {"payments", "PAYMENTS", true},
        {"reversed", "REVERSED", true},
        {"to_debt", "TO DEBT", true},
        {"adjustments", "ADJUSTMENTS", true},
        {"closing", "CLOSING", true},
    };
    view.footing = footing_of(statement, prepay.currency);
    context.print(to_json(statement, prepay.currency), view);
    return Exit::done;
}

}  // namespace

cli::Command account_statement_command() {
    using cli::bind;
    using O = StatementOptions;
    cli::Spec spec;
    spec.path = {"account", "statement"};
    spec.summary = "show usage, charges and payments by month";
    spec.description =
        "The summary of usage and payment a customer may ask for: up to twelve calendar months, as "
        "a table, for another program, or as a PDF in the customer's language.";
    spec.words = {
        words::account(&O::account),
        bind(
            {.name = "--from",
             .value = "DATE",
             .help = "first local day; default: eleven months before the month of --to"},
            &O::from
        ),
        bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive; default today"},
            &O::to
        ),
        bind(
            {.name = "--output",
             .letter = 'o',
             .value = "FILE",
             .help = "write it as a PDF, too",
             .complete = cli::Complete::file},
            &O::output
        ),
    };
    spec.fields = {
        {"account", "string", "the account's number"},
        {"name", "string", "the customer's name"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day, inclusive"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"total.opening", "money", "posted balance before the first day"},
        {"total.usage_wh", "integer", "energy charged for"},
        {"total.charges", "money", "with taxes and fees"},
        {"total.average_per_kwh", "money", "charges for a kWh; null: nothing was used", true},
        {"total.payments", "money", "what was paid"},
        {"total.reversed", "money", "of payments that were taken back"},
        {"total.to_debt", "money", "of what was paid, to old debt"},
        {"total.adjustments", "money", "true-ups and settlement"},
        {"total.closing", "money", "posted balance after the last day"},
        {"components[].kind", "string", "energy, fixed, tax, fee, ...; legacy: due at first"},
        {"components[].component", "string", "as the tariff calls it"},
        {"components[].wh", "integer", "energy of what is charged by the kWh"},
        {"components[].amount", "money", "charged; negative: a credit"},
        {"items[].month", "string", "year and month"},
        {"items[].from", "date", "first local day of it that counts"},
        {"items[].to", "date", "last local day of it that counts"},
        {"items[].opening", "money", "posted balance before it"},
        {"items[].usage_wh", "integer", "energy charged for"},
        {"items[].charges", "money", "with taxes and fees"},
        {"items[].average_per_kwh", "money", "charges for a kWh; null: nothing was used", true},
        {"items[].payments", "money", "what was paid"},
        {"items[].reversed", "money", "of payments that were taken back"},
        {"items[].to_debt", "money", "of what was paid, to old debt"},
        {"items[].adjustments", "money", "true-ups and settlement"},
        {"items[].closing", "money", "posted balance after it"},
    };
    spec.examples = {
        {"usagectl account statement A-1001", "the last twelve months"},
        {"usagectl account statement A-1001 --from 2026-01-01 --to 2026-10-31 -o statement.pdf",
         "ten months, on paper"},
        {"usagectl account statement A-1001 --format csv", "for a spreadsheet"},
    };
    spec.exits = {{Exit::not_found, "there is no such account"}};
    return cli::command<StatementOptions>(std::move(spec), run);
}

}  // namespace usagectl
