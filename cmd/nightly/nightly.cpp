// SPDX-License-Identifier: MIT
// usagectl nightly: the ordered steps of a night, for all accounts.
#include "app/nightly.hpp"

#include "account/prepay_settings.hpp"
#include "app/legacy_export.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/output_file.hpp"
#include "cli/values.hpp"
#include "nightly/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct NightlyOptions {
    std::optional<LocalDay> date;
    std::string from_step;
};

cli::Json step_json(const app::StepDone& step) {
    cli::Json item;
    item["name"] = app::to_string(step.step);
    item["status"] = step.status;
    item["items"] = step.items;
    item["amount"] = format_money(step.amount);
    item["detail"] = step.detail;
    return item;
}

cli::Json problem_json(app::Store& store, const app::ChargeTally::Problem& problem) {
    const auto known = store.accounts().find(problem.account);
    return {
        {"account", known ? known->account.id : std::to_string(problem.account)},
        {"code", problem.error.code},
        {"message", problem.error.message},
    };
}

cli::Json
to_json(app::Store& store, const app::NightlyDone& done, const app::Prepay& prepay, bool dry_run) {
    cli::Json root;
    root["date"] = format_day(done.day);
    root["currency"] = prepay.currency;
    root["charged"] = done.charges.charged;
    root["estimated"] = done.charges.estimated;
    root["amount"] = format_money(done.charges.amount);
    root["caught_up_days"] = done.caught_up.size();
    root["steps"] = cli::Json::array();
    for (const auto& step : done.steps)
        root["steps"].push_back(step_json(step));
    root["problems"] = cli::Json::array();
    for (const auto& problem : done.problems)
        root["problems"].push_back(problem_json(store, problem));
    root["dry_run"] = dry_run;
    return root;
}

std::vector<std::string> footing_of(const cli::Json& root) {
    std::vector<std::string> lines;
    if (root["caught_up_days"] != 0)
        lines.push_back(root["caught_up_days"].dump() + " earlier days were charged as well");
    for (const auto& problem : root["problems"]) {
        lines.push_back(
            "account " + problem["account"].get<std::string>() + ": " +
            problem["message"].get<std::string>()
        );
    }
    return lines;
}

// The day's file for the legacy system, in the configured folder; none: it is not written.
std::function<app::NightlyRequest::Exported(LocalDay)>
export_into(const std::string& folder, app::Store& store, const app::Prepay& prepay) {
    if (folder.empty())
        return {};
    return [&store, &prepay, folder](LocalDay day) {
        app::LegacyExported exported;
        const auto path = folder + "/prepay-charges-" + format_day(day) + ".csv";
        cli::write_whole(path, [&](cli::OutputFile& file) {
            store.read([&] {
                exported =
                    app::export_prepay_charges(store, day, prepay, [&](std::string_view rows) {
                        file.write(rows);
                    });
            });
        });
        return app::NightlyRequest::Exported{exported.rows, exported.amount};
    };
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
    cli::Json body{{"date", options.date ? format_day(*options.date) : ""}};
    body["from_step"] = options.from_step;
    const cli::Keyed keyed(context, body.dump());
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
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
    auto root = to_json(store, done, prepay, context.globals.dry_run);
    const bool interrupted = !done.steps.empty() && done.steps.back().status == "interrupted";
    if (!interrupted && !context.globals.dry_run)
        store.write([&] { keyed.keep(root); });
    cli::Context::View view;
    view.columns = {
        {"name", "STEP"},
        {"status", "STATUS"},
        {"items", "ITEMS", true},
        {"amount", "AMOUNT", true},
        {"detail", "DETAIL"},
    };
    view.footing = footing_of(root);
    const bool problems = !done.problems.empty();
    context.print(std::move(root), view);
    if (interrupted)
        return Exit::interrupted;
    return problems ? Exit::rejected : Exit::done;
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
    spec.fields = {
        {"date", "date", "the local day"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"charged", "integer", "account-days charged by this run"},
        {"estimated", "integer", "of them, with intervals that had no reading"},
        {"amount", "money", "what this run charged"},
        {"caught_up_days", "integer", "earlier days that were charged as well"},
        {"steps[].name", "string", "the step"},
        {"steps[].status", "string", "done, already, left_out or interrupted"},
        {"steps[].items",
         "integer",
         "what the step did in the night of this day, all runs together"},
        {"steps[].amount", "money", "what it came to"},
        {"steps[].detail", "string", "in words"},
        {"problems[].account", "string", "an account that could not be charged"},
        {"problems[].code", "string", "why, as an error code"},
        {"problems[].message", "string", "why, in words"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
    spec.item_list = "steps";
    spec.examples = {
        {"usagectl nightly", "charge yesterday, and what was missed before it"},
        {"usagectl nightly --dry-run", "what would be charged and ordered"},
    };
    spec.exits = {
        {Exit::refused, "the day is not over"},
        {Exit::rejected, "some accounts could not be charged; they stay due"},
    };
    spec.changes = true;
    return cli::command<NightlyOptions>(std::move(spec), run);
}

}  // namespace usagectl
