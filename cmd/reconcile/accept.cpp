// SPDX-License-Identifier: MIT
// usagectl reconcile accept: a person takes responsibility, and the ledger becomes equal to the
// bills.
#include "account/prepay_settings.hpp"
#include "app/reconcile.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "reconcile/commands.hpp"
#include "reconcile/run_json.hpp"

namespace usagectl {

namespace {

struct AcceptOptions {
    std::optional<RunName> run;
};

cli::Json
to_json(const app::ReconcileAccepted& accepted, const std::string& currency, bool dry_run) {
    auto root = run_json(accepted.run);
    root["unchanged"] = accepted.unchanged;
    root["posted"] = accepted.posted;
    root["settled"] = accepted.settled;
    root["amount"] = format_money(accepted.amount);
    root["currency"] = currency;
    root["dry_run"] = dry_run;
    root["items"] = cli::Json::array();
    for (const auto& problem : accepted.problems) {
        root["items"].push_back({
            {"account", problem.account},
            {"code", problem.error.code},
            {"message", problem.error.message},
        });
    }
    return root;
}

cli::Context::View view_of(const app::ReconcileAccepted* accepted) {
    cli::Context::View view;
    view.columns = {{"account", "ACCOUNT"}, {"code", "CODE"}, {"message", "MESSAGE"}};
    if (accepted == nullptr)
        return view;
    view.heading = {
        app::run_name(accepted->run.id) + ": " +
            std::string(reconcile::to_string(accepted->run.state)) + ", " +
            std::to_string(accepted->posted) + " entries of " + format_money(accepted->amount) +
            ", " + std::to_string(accepted->settled) + " accounts needed none",
    };
    if (accepted->run.state == app::RunState::awaiting_second)
        view.heading.emplace_back("a second person has to accept it");
    if (accepted->problems.empty())
        view.columns.clear();
    return view;
}

Exit run(const AcceptOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    const auto found = context.must(app::find_run(store, options.run->id));
    const cli::Keyed keyed(
        context,
        cli::body_text(cli::Json{{"run", app::run_name(found.id)}, {"actor", context.globals.actor}}
        )
    );
    if (auto before = keyed.before()) {
        context.print(std::move(*before), view_of(nullptr));
        return Exit::done;
    }
    auto progress = context.progress("true-up", static_cast<std::uint64_t>(found.lines));
    progress.count(cli::Progress::Unit::items);
    std::int64_t done = 0;
    app::AcceptReconcile request;
    request.id = found.id;
    request.dry_run = context.globals.dry_run;
    const auto above = context.settings.money("reconcile.second_person_above");
    if (above > Money())
        request.second_person_above = above;
    request.progress = [&](std::int64_t accounts) {
        done += accounts;
        progress.update(static_cast<std::uint64_t>(done));
    };
    request.accepted = [&](const app::ReconcileAccepted& accepted) {
        if (!request.dry_run && accepted.problems.empty())
            keyed.keep(to_json(accepted, prepay.currency, false));
    };
    const auto accepted = context.must(
        app::accept_reconcile(store, request, prepay, cli::actor_of(context), context.clock)
    );
    progress.finish();
    context.print(to_json(accepted, prepay.currency, request.dry_run), view_of(&accepted));
    return accepted.problems.empty() ? Exit::done : Exit::rejected;
}

}  // namespace

cli::Command reconcile_accept_command() {
    cli::Spec spec;
    spec.path = {"reconcile", "accept"};
    spec.summary = "accept a comparison and post its adjustments";
    spec.description =
        "Posts one entry for each account, so that what it was charged in the cycle is what its "
        "bill says. Adjustments above reconcile.second_person_above in all need two people. What "
        "was interrupted goes on with the same command, and a second time changes nothing.";
    spec.words = {run_word(&AcceptOptions::run, true)};
    spec.fields = run_fields(false);
    spec.fields.insert(
        spec.fields.end(),
        {
            {"unchanged", "boolean", "true when it had been accepted before"},
            {"posted", "integer", "entries, by this call"},
            {"settled", "integer", "accounts that needed none"},
            {"amount", "money", "what customers pay more for the entries"},
            {"currency", "string", "ISO 4217 code of every amount"},
            {"dry_run", "boolean", "true when nothing was kept"},
            {"items[].account", "string", "an account that is left"},
            {"items[].code", "string", "why"},
            {"items[].message", "string", "the same in words"},
        }
    );
    spec.examples = {
        {"usagectl reconcile accept 2026-10-31.1 --dry-run", "what would be posted?"},
        {"usagectl reconcile accept 2026-10-31.1", "make the ledger equal to the bills"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such run"},
        {Exit::refused,
         "a second person is needed, another run took its place, or the ledger has moved"},
        {Exit::rejected, "accounts were left; the others are settled"},
    };
    spec.changes = true;
    return cli::command<AcceptOptions>(std::move(spec), run);
}

}  // namespace usagectl
