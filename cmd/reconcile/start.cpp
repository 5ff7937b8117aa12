// SPDX-License-Identifier: MIT
// usagectl reconcile start: the ledger of a billing cycle against the legacy system's bills.
#include "account/prepay_settings.hpp"
#include "app/legacy_csv.hpp"
#include "app/reconcile.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "reconcile/commands.hpp"
#include "reconcile/run_json.hpp"

namespace usagectl {

namespace {

// By the kWh.
struct Price {
    Rate rate;
};

struct StartOptions {
    std::optional<LocalDay> cycle_end;
    std::string bills;
    std::optional<Price> base_rate;
    std::optional<Price> pca_rate;
    bool replace = false;
};

}  // namespace

template <>
struct cli::Parse<Price> {
    static Result<Price> from(std::string_view text) {
        const auto rate = parse_rate(text, Sign::allowed);
        if (!rate)
            return tl::unexpected(rate.error());
        return Price{*rate};
    }
};

namespace {

std::optional<Rate> rate_of(const std::optional<Price>& price) {
    return price ? std::optional(price->rate) : std::nullopt;
}

std::string body_of(const StartOptions& options, const std::string& sha256) {
    const auto text = [](const std::optional<Price>& price) {
        return price ? format_rate(price->rate) : std::string();
    };
    return cli::body_text(cli::Json{
        {"cycle_end", format_day(*options.cycle_end)},
        {"sha256", sha256},
        {"base_rate", text(options.base_rate)},
        {"pca_rate", text(options.pca_rate)},
        {"replace", options.replace},
    });
}

cli::Json item_of(const app::ReconcileItem& item) {
    cli::Json json;
    json["line"] = item.line;
    json["account"] = cli::name_json(item.account);
    json["code"] = item.code;
    json["message"] = item.message;
    return json;
}

cli::Context::View view_of(const app::ReconcileRun* run) {
    cli::Context::View view;
    view.columns = {
        {"line", "LINE", true},
        {"account", "ACCOUNT"},
        {"code", "CODE"},
        {"message", "MESSAGE"},
    };
    if (run != nullptr) {
        view.heading = {
            app::run_name(run->id) + ": " + std::to_string(run->lines) + " bills, " +
                std::to_string(run->rejected) + " rejected",
            "billed " + format_money(run->actual) + ", charged " + format_money(run->estimated) +
                ", to adjust " + format_money(run->actual - run->estimated),
        };
        if (run->rejected == 0)
            view.columns.clear();
    }
    return view;
}

Exit run(const StartOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const auto sha256 = context.must(app::legacy_file_hash(options.bills));
    const cli::Keyed keyed(context, body_of(options, sha256));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), view_of(nullptr));
        return Exit::done;
    }
    auto rejected = cli::Json::array();
    app::StartReconcile request;
    request.cycle_end = *options.cycle_end;
    request.path = options.bills;
    request.given = {rate_of(options.base_rate), rate_of(options.pca_rate)};
    request.replace = options.replace;
    request.dry_run = context.globals.dry_run;
    request.item = [&](const app::ReconcileItem& item) {
        if (!item.code.empty())
            rejected.push_back(item_of(item));
    };
    const auto answer = [&](const app::ReconcileRun& made, bool unchanged) {
        auto root = run_json(made);
        root["unchanged"] = unchanged;
        root["currency"] = prepay.currency;
        root["dry_run"] = context.globals.dry_run;
        root["items"] = rejected;
        return root;
    };
    request.started = [&](const app::ReconcileRun& made, bool unchanged) {
        if (!context.globals.dry_run)
            keyed.keep(answer(made, unchanged));
    };
    const auto started = context.must(
        app::start_reconcile(store, request, prepay, cli::actor_of(context), context.clock)
    );
    context.print(answer(started.run, started.unchanged), view_of(&started.run));
    return rejected.empty() ? Exit::done : Exit::rejected;
}

std::vector<cli::Word> words_of() {
    using O = StartOptions;
    return {
        cli::bind(
            {.name = "--cycle-end",
             .value = "DATE",
             .help = "last local day of the billing cycle",
             .required = true},
            &O::cycle_end
        ),
        cli::bind(
            {.name = "--bills",
             .value = "FILE",
             .help = "its bills, comma-separated; legacy schema bills shows the columns",
             .complete = cli::Complete::file,
             .required = true},
            &O::bills
        ),
        cli::bind(
            {.name = "--base-rate",
             .value = "RATE",
             .help = "energy by the kWh, for bills without an energy charge"},
            &O::base_rate
        ),
        cli::bind(
            {.name = "--pca-rate",
             .value = "RATE",
             .help = "actual PCA by the kWh, for bills without one"},
            &O::pca_rate
        ),
        cli::bind(
            {.name = "--replace", .help = "take the place of a run that is not accepted"},
            &O::replace
        ),
    };
}

}  // namespace

cli::Command reconcile_start_command() {
    cli::Spec spec;
    spec.path = {"reconcile", "start"};
    spec.summary = "compare a cycle's charges with the legacy bills";
    spec.description =
        "Pulls what each account was charged in its cycle, compares it with its bill and explains "
        "the difference by day and line. Nothing is posted before a person accepts it. The items "
        "are the lines that cannot be reconciled; they leave the others alone.";
    spec.words = words_of();
    spec.fields = run_fields(false);
    spec.fields.insert(
        spec.fields.end(),
        {
            {"unchanged", "boolean", "true when the same bills were compared before"},
            {"currency", "string", "ISO 4217 code of every amount"},
            {"dry_run", "boolean", "true when nothing was kept"},
            {"items[].line", "integer", "of the bills, the header row is 1"},
            {"items[].account", "string", "the account it names", true},
            {"items[].code", "string", "why it cannot be reconciled"},
            {"items[].message", "string", "the same in words"},
        }
    );
    spec.examples = {
        {"usagectl reconcile start --cycle-end 2026-10-31 --bills bills.csv", "compare"},
        {"usagectl reconcile start --cycle-end 2026-09-30 --bills bills.csv --pca-rate 0.0135 "
         "--replace",
         "with another PCA"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such file"},
        {Exit::refused, "the cycle is not over, or there is a run for other bills"},
        {Exit::rejected, "lines of the bills cannot be reconciled; the others were compared"},
    };
    spec.changes = true;
    return cli::command<StartOptions>(std::move(spec), run);
}

}  // namespace usagectl
