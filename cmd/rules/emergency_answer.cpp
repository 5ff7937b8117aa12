// SPDX-License-Identifier: MIT
#include "rules/emergency_answer.hpp"

#include "cli/actor.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"

namespace usagectl {

std::vector<cli::Word> emergency_words(std::string_view weather_help) {
    using cli::bind;
    return {
        bind(
            {.name = "COUNTY", .help = "the county, as people write it", .required = true},
            &EmergencyOptions::county
        ),
        bind(
            {.name = "--state", .value = "TX", .help = "the state, two letters", .required = true},
            &EmergencyOptions::state
        ),
        bind(
            {.name = "--day", .value = "DATE", .help = "first local day", .required = true},
            &EmergencyOptions::day
        ),
        bind(
            {.name = "--to", .value = "DATE", .help = "last local day; default the first"},
            &EmergencyOptions::to
        ),
        bind(
            {.name = "--weather",
             .value = "KIND",
             .help = weather_help,
             .choices = {"cold", "heat", "any"}},
            &EmergencyOptions::weather
        ),
        bind(
            {.name = "--reason", .value = "TEXT", .help = "why, in one line", .required = true},
            &EmergencyOptions::reason
        ),
    };
}

std::vector<cli::Field> emergency_fields(std::string_view status_help) {
    return {
        {"state", "string", "the state"},
        {"county", "string", "the county, as it was written"},
        {"from", "date", "first local day"},
        {"to", "date", "last local day"},
        {"reason", "string", "why"},
        {"dry_run", "boolean", "true when nothing was kept"},
        {"items[].day", "date", "local day"},
        {"items[].weather", "string", "cold, heat, or any: it counts for every rule"},
        {"items[].entry", "integer", "number of the entry for this county and day"},
        {"items[].status", "string", status_help},
    };
}

app::EmergencyChange
emergency_change(const EmergencyOptions& options, const cli::Context& context) {
    app::EmergencyChange change;
    change.state = options.state;
    change.county = options.county;
    change.from = *options.day;
    change.to = options.to.value_or(*options.day);
    change.weather = rules::parse_weather(options.weather);
    change.reason = options.reason;
    change.dry_run = context.globals.dry_run;
    return change;
}

std::string emergency_body(const app::EmergencyChange& change) {
    return cli::body_text(cli::Json{
        {"state", change.state},
        {"county", rules::county_key(change.county)},
        {"from", format_day(change.from)},
        {"to", format_day(change.to)},
        {"weather", change.weather ? cli::Json(rules::to_string(*change.weather)) : nullptr},
        {"reason", change.reason}});
}

cli::Json emergency_json(
    const app::EmergencyChange& change,
    const std::vector<app::EmergencyDay>& days,
    std::string_view verb
) {
    cli::Json root;
    root["state"] = days.empty() ? change.state : days.front().entry.emergency.state;
    root["county"] = change.county;
    root["from"] = format_day(change.from);
    root["to"] = format_day(change.to);
    root["reason"] = change.reason;
    root["dry_run"] = change.dry_run;
    root["items"] = cli::Json::array();
    for (const auto& day : days) {
        root["items"].push_back({
            {"day", format_day(day.entry.emergency.day)},
            {"weather", rules::to_string(day.entry.emergency.weather)},
            {"entry", day.entry.entry},
            {"status", day.changed ? verb : "unchanged"},
        });
    }
    return root;
}

cli::Context::View emergency_view() {
    cli::Context::View view;
    view.columns = {
        {"day", "DAY"},
        {"weather", "WEATHER"},
        {"entry", "ENTRY", true},
        {"status", "STATUS"},
    };
    return view;
}

Exit change_emergency(
    const EmergencyOptions& options,
    cli::Context& context,
    ChangeEmergency change,
    std::string_view verb,
    const app::RulePacks* packs
) {
    auto& store = context.store();
    auto request = emergency_change(options, context);
    const cli::Keyed keyed(context, emergency_body(request));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), emergency_view());
        return Exit::done;
    }
    auto warnings = cli::Json::array();
    request.packs = packs;
    request.force = options.force;
    request.doubt = [&](const std::string& doubt) {
        context.note(doubt);
        warnings.push_back(doubt);
    };
    const auto answer = [&](const std::vector<app::EmergencyDay>& days) {
        auto root = emergency_json(request, days, verb);
        if (packs != nullptr)
            root["warnings"] = warnings;
        return root;
    };
    request.done = [&](const auto& days) { keyed.keep(answer(days)); };
    const auto days = context.must(change(store, request, cli::actor_of(context), context.clock));
    context.print(answer(days), emergency_view());
    return Exit::done;
}

}  // namespace usagectl
