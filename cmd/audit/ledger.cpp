// SPDX-License-Identifier: MIT
// usagectl audit ledger: proof that the ledger is whole, and the journal for other programs.
#include <ostream>

#include "app/ledger_proof.hpp"
#include "audit/commands.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"

namespace usagectl {

namespace {

struct LedgerOptions {
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::string export_as;
};

std::optional<app::DaySpan> days_of(const LedgerOptions& options) {
    if (!options.from && !options.to)
        return std::nullopt;
    return app::DaySpan{
        options.from.value_or(app::every_day.first), options.to.value_or(app::every_day.last)};
}

Exit write_journal(const LedgerOptions& options, cli::Context& context) {
    auto& store = context.store();
    store.read([&] {
        app::export_journal(
            store,
            days_of(options).value_or(app::every_day),
            context.settings.text("prepay.currency"),
            [&](const std::string& text) { context.io.out << text; }
        );
    });
    return Exit::done;
}

cli::Json root_of(const app::LedgerTally& tally, const std::string& currency) {
    cli::Json root;
    root["currency"] = currency;
    root["entries"] = tally.entries;
    root["payments"] = tally.payments;
    root["accounts"] = cli::value_json(tally.accounts);
    root["customers"] = format_money(tally.customers);
    root["house"] = format_money(tally.house);
    root["findings"] = tally.findings;
    return root;
}

std::string summary(const app::LedgerTally& tally, const std::string& currency) {
    return std::to_string(tally.entries) + " entries and " + std::to_string(tally.payments) +
           " payments" +
           (tally.accounts ? ", balances of " + std::to_string(*tally.accounts) + " accounts"
                           : std::string()) +
           ": " +
           (tally.findings == 0 ? "all in order" : std::to_string(tally.findings) + " findings") +
           "; customers have " + format_money(tally.customers) + " " + currency;
}

Exit run(const LedgerOptions& options, cli::Context& context) {
    if (!options.export_as.empty())
        return write_journal(options, context);
    // Findings are few where all is well; a store that is damaged everywhere is told in part.
    constexpr std::size_t most_shown = 10'000;
    auto& store = context.store();
    const auto currency = context.settings.text("prepay.currency");
    auto items = cli::Json::array();
    app::LedgerTally tally;
    store.read([&] {
        tally = app::prove_ledger(store, days_of(options), [&](const app::LedgerFinding& finding) {
            if (items.size() == most_shown)
                return;
            items.push_back({
                {"finding", finding.what},
                {"account", cli::name_json(finding.account)},
                {"entry", cli::name_json(finding.entry)},
                {"detail", finding.detail},
            });
        });
    });
    auto root = root_of(tally, currency);
    root["items"] = std::move(items);
    cli::Context::View view;
    if (tally.findings != 0) {
        view.columns = {
            {"finding", "FINDING"},
            {"account", "ACCOUNT"},
            {"entry", "ENTRY"},
            {"detail", "DETAIL"}};
    }
    view.footing = {summary(tally, currency)};
    context.print(std::move(root), view);
    return tally.findings == 0 ? Exit::done : Exit::check_failed;
}

}  // namespace

cli::Command audit_ledger_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"audit", "ledger"};
    spec.summary = "prove that every balance is what was posted";
    spec.description =
        "Reads the whole ledger: every entry must balance, every account's balance must be the sum "
        "of its entries, payments and their entries must agree, and what was taken back must "
        "cancel. Or writes it as a journal for other accounting programs.";
    spec.words = {
        bind(
            {.name = "--from", .value = "DATE", .help = "first local day; leaves balances out"},
            &LedgerOptions::from
        ),
        bind(
            {.name = "--to", .value = "DATE", .help = "last local day, inclusive; likewise"},
            &LedgerOptions::to
        ),
        bind(
            {.name = "--export",
             .value = "FORM",
             .help = "write a plain-text journal instead",
             .choices = {"ledger"}},
            &LedgerOptions::export_as
        ),
    };
    spec.fields = {
        {"currency", "string", "ISO 4217 code of every amount"},
        {"entries", "integer", "entries read"},
        {"payments", "integer", "payments read"},
        {"accounts", "integer", "balances compared; null for a span of days", true},
        {"customers", "money", "what the entries add to customers' balances"},
        {"house", "money", "and to everything else; the same when all is well"},
        {"findings", "integer", "how much is wrong; items show the first 10000"},
        {"items[].finding", "string", "what is wrong, in snake_case"},
        {"items[].account", "string", "whose", true},
        {"items[].entry", "string", "the entry; null: the account as a whole", true},
        {"items[].detail", "string", "in words"},
    };
    spec.examples = {
        {"usagectl audit ledger", "the whole proof"},
        {"usagectl audit ledger --export ledger > journal.ledger", "for ledger(1)"},
    };
    spec.exits = {{Exit::check_failed, "something is wrong"}};
    return cli::command<LedgerOptions>(std::move(spec), run);
}

}  // namespace usagectl
