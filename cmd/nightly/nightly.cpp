// SPDX-License-Identifier: MIT
// usagectl nightly: the ordered steps of a night, for all accounts.
#include "app/nightly.hpp"

#include <algorithm>

#include "account/prepay_settings.hpp"
#include "app/interrupted.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "ingest/fetch_readings.hpp"
#include "nightly/answer.hpp"
#include "nightly/commands.hpp"
#include "nightly/files.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct NightlyOptions {
    std::optional<LocalDay> date;
    std::string from_step;
};

bool some_step(const cli::Json& root, std::string_view status) {
    const auto& steps = root["steps"];
    return std::any_of(steps.begin(), steps.end(), [&](const cli::Json& step) {
        return step["status"] == status;
    });
}

Exit exit_of(const cli::Json& root) {
    const bool well =
        root["problems"].empty() && root["fetched"]["failed"].empty() && !some_step(root, "failed");
    return well ? Exit::done : Exit::rejected;
}

Exit run(const NightlyOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const auto packs = rule_packs(context);
    const auto actor = cli::actor_of(context);
    app::NightlyRequest request;
    request.day = options.date;
    if (!options.from_step.empty())
        request.from = app::parse_step(options.from_step);
    request.dry_run = context.globals.dry_run;
    request.actor = actor.name;
    request.interrupted = context.interrupted;
    request.legacy_export =
        export_into(context.settings.text("legacy.export_directory"), store, prepay);
    request.request_readings = requests_into(
        context.settings.text("nightly.request_directory"), store, context.clock.now()
    );
    cli::Json body{{"date", options.date ? format_day(*options.date) : ""}};
    body["from_step"] = options.from_step;
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        const auto exit = exit_of(*before);
        const auto view = nightly_view(*before);
        context.print(std::move(*before), view);
        return exit;
    }
    FetchedReadings fetched;
    try {
        const auto& sources = context.settings.text("nightly.sources");
        if (!sources.empty() && !request.dry_run)
            fetched = fetch_readings(context, sources);
    } catch (const app::Interrupted&) {
        context.note("interrupted before the night began: files that were finished are kept");
        return Exit::interrupted;
    }
    auto progress = context.progress("charging", 0);
    progress.count(cli::Progress::Unit::items);
    std::uint64_t charged = 0;
    request.begin_step = [&](std::string_view step, LocalDay) {
        progress.label(std::string(step));
        progress.update(charged);
    };
    request.progress = [&](std::int64_t accounts) {
        charged += static_cast<std::uint64_t>(accounts);
        progress.update(charged);
    };
    const auto done =
        context.must(app::run_nightly(store, request, prepay, packs, actor, context.clock));
    progress.finish();
    auto root = nightly_json(store, done, fetched, prepay, context.globals.dry_run);
    const bool interrupted = some_step(root, "interrupted");
    // What is not done can be asked for again, by the same key, too.
    if (!interrupted && !some_step(root, "failed") && !context.globals.dry_run)
        store.write([&] { keyed.keep(root); });
    const auto view = nightly_view(root);
    const auto exit = exit_of(root);
    context.print(std::move(root), view);
    if (interrupted)
        return Exit::interrupted;
    return exit;
}

}  // namespace

cli::Command nightly_command() {
    cli::Spec spec;
    spec.path = {"nightly"};
    spec.summary = "charge a day and do what the balances call for";
    spec.description =
        "Runs the steps of a night in order: readings, orders, corrections, cycle dates, daily "
        "charges with options and taxes, past due, suspend orders and notices, export. Days that "
        "were missed are caught up. Safe to repeat; goes on where a killed run stopped.";
    spec.words = {
        cli::bind(
            {.name = "--date",
             .value = "DATE",
             .help = "the local day to charge; default yesterday"},
            &NightlyOptions::date
        ),
        cli::bind(
            {.name = "--from-step",
             .value = "STEP",
             .help = "leave out the steps before this one",
             .choices =
                 {"readings",
                  "orders",
                  "corrections",
                  "cycle_dates",
                  "daily_charges",
                  "option_charges",
                  "past_due",
                  "suspend_orders",
                  "taxes",
                  "legacy_export"}},
            &NightlyOptions::from_step
        ),
    };
    spec.fields = nightly_fields();
    spec.item_list = "steps";
    spec.examples = {
        {"usagectl nightly", "charge yesterday, and what was missed before it"},
        {"usagectl nightly --dry-run", "what would be charged and ordered"},
    };
    spec.exits = {
        {Exit::refused, "the day is not over"},
        {Exit::not_found, "a source of nightly.sources is not configured"},
        {Exit::rejected,
         "some accounts could not be charged, readings not fetched, or their list not written"},
    };
    spec.changes = true;
    return cli::command<NightlyOptions>(std::move(spec), run);
}

}  // namespace usagectl
