// SPDX-License-Identifier: MIT
#include "nightly/answer.hpp"

namespace usagectl {

namespace {

cli::Json step_json(const app::StepDone& step) {
    cli::Json item;
    item["name"] = app::to_string(step.step);
    item["status"] = step.status;
    item["items"] = step.items;
    item["amount"] = format_money(step.amount);
    item["detail"] = step.error ? step.error->message : step.detail;
    item["code"] = step.error ? cli::Json(step.error->code) : cli::Json();
    item["hint"] = step.error ? cli::Json(step.error->hint) : cli::Json();
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

// What was fetched before the night began.
cli::Json fetched_json(const FetchedReadings& fetched) {
    cli::Json root;
    std::int64_t files = 0;
    std::int64_t stored = 0;
    auto failed = cli::Json::array();
    for (const auto& file : fetched.files) {
        if (file.error) {
            failed.push_back({
                {"source", file.path},
                {"code", file.error->code},
                {"message", file.error->message},
            });
            continue;
        }
        ++files;
        stored += static_cast<std::int64_t>(file.counts.stored);
    }
    root["files"] = files;
    root["stored"] = stored;
    root["failed"] = std::move(failed);
    return root;
}

std::vector<std::string> footing_of(const cli::Json& root) {
    std::vector<std::string> lines;
    if (root["caught_up_days"] != 0)
        lines.push_back(root["caught_up_days"].dump() + " earlier days were charged as well");
    for (const auto& step : root["steps"]) {
        if (step["status"] == "failed")
            lines.push_back("hint: " + step["hint"].get<std::string>());
    }
    for (const auto& failed : root["fetched"]["failed"]) {
        lines.push_back(
            failed["source"].get<std::string>() + ": " + failed["message"].get<std::string>()
        );
    }
    for (const auto& problem : root["problems"]) {
        lines.push_back(
            "account " + problem["account"].get<std::string>() + ": " +
            problem["message"].get<std::string>()
        );
    }
    return lines;
}

}  // namespace

cli::Json nightly_json(
    app::Store& store,
    const app::NightlyDone& done,
    const FetchedReadings& fetched,
    const app::Prepay& prepay,
    bool dry_run
) {
    cli::Json root;
    root["date"] = format_day(done.day);
    root["currency"] = prepay.currency;
    root["charged"] = done.charges.charged;
    root["estimated"] = done.charges.estimated;
    root["amount"] = format_money(done.charges.amount);
    root["caught_up_days"] = done.caught_up.size();
    root["fetched"] = fetched_json(fetched);
    root["steps"] = cli::Json::array();
    for (const auto& step : done.steps)
        root["steps"].push_back(step_json(step));
    root["problems"] = cli::Json::array();
    for (const auto& problem : done.problems)
        root["problems"].push_back(problem_json(store, problem));
    root["dry_run"] = dry_run;
    return root;
}

cli::Context::View nightly_view(const cli::Json& root) {
    cli::Context::View view;
    view.columns = {
        {"name", "STEP"},
        {"status", "STATUS"},
        {"items", "ITEMS", true},
        {"amount", "AMOUNT", true},
        {"detail", "DETAIL"},
    };
    view.footing = footing_of(root);
    return view;
}

std::vector<cli::Field> nightly_fields() {
    return {
        {"date", "date", "the local day"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"charged", "integer", "account-days charged by this run"},
        {"estimated", "integer", "of them, with intervals that had no reading"},
        {"amount", "money", "what this run charged"},
        {"caught_up_days", "integer", "earlier days that were charged as well"},
        {"fetched.files", "integer", "files taken from the sources of nightly.sources"},
        {"fetched.stored", "integer", "intervals they brought"},
        {"fetched.failed[].source", "string", "a server or a file that failed"},
        {"fetched.failed[].code", "string", "why, as an error code"},
        {"fetched.failed[].message", "string", "why, in words"},
        {"steps[].name", "string", "the step"},
        {"steps[].status", "string", "done, already, left_out, interrupted or failed"},
        {"steps[].items",
         "integer",
         "what the step did in the night of this day, all runs together"},
        {"steps[].amount", "money", "what it came to"},
        {"steps[].detail", "string", "in words"},
        {"steps[].code", "string", "why it failed, as an error code", true},
        {"steps[].hint", "string", "the cure", true},
        {"problems[].account", "string", "an account that could not be charged"},
        {"problems[].code", "string", "why, as an error code"},
        {"problems[].message", "string", "why, in words"},
        {"dry_run", "boolean", "true when nothing was kept"},
    };
}

}  // namespace usagectl
