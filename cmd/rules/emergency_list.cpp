// SPDX-License-Identifier: MIT
// usagectl rules emergency list: what was entered, by whom, and what of it was withdrawn.
#include "app/emergencies.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "rules/commands.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<LocalDay> from;
    std::optional<LocalDay> to;
    std::string state;
    std::string county;
    bool in_force = false;
};

cli::Json item_of(const app::EnteredEmergency& entry) {
    const auto& withdrawn = entry.withdrawn;
    cli::Json item;
    item["day"] = format_day(entry.emergency.day);
    item["state"] = entry.emergency.state;
    item["county"] = entry.emergency.county;
    item["weather"] = rules::to_string(entry.emergency.weather);
    item["entry"] = entry.entry;
    item["status"] = withdrawn ? "withdrawn" : "in_force";
    item["reason"] = entry.reason;
    item["entered_at"] = format_instant(entry.entered_at);
    item["entered_by"] = entry.entered_by;
    item["withdrawn_at"] = withdrawn ? cli::Json(format_instant(withdrawn->at)) : nullptr;
    item["withdrawn_by"] = withdrawn ? cli::Json(withdrawn->by) : nullptr;
    item["withdrawn_because"] = withdrawn ? cli::Json(withdrawn->reason) : nullptr;
    return item;
}

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    app::EmergencySpan span{
        options.from.value_or(local_day(0)),
        options.to.value_or(*parse_day("2105-12-31")),
        options.state,
        options.county};
    for (auto& c : span.state)
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& entry : store.rules().entries(span)) {
        if (!options.in_force || !entry.withdrawn)
            root["items"].push_back(item_of(entry));
    }
    cli::Context::View view;
    view.columns = {
        {"day", "DAY"},
        {"state", "STATE"},
        {"county", "COUNTY"},
        {"weather", "WEATHER"},
        {"status", "STATUS"},
        {"reason", "REASON"},
        {"entered_by", "BY"},
        {"withdrawn_because", "WITHDRAWN BECAUSE"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command rules_emergency_list_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"rules", "emergency", "list"};
    spec.summary = "list weather emergencies and their withdrawals";
    spec.words = {
        bind({.name = "--from", .value = "DATE", .help = "first local day"}, &ListOptions::from),
        bind({.name = "--to", .value = "DATE", .help = "last local day"}, &ListOptions::to),
        bind({.name = "--state", .value = "TX", .help = "only of this state"}, &ListOptions::state),
        bind(
            {.name = "--county", .value = "NAME", .help = "only of this county"},
            &ListOptions::county
        ),
        bind({.name = "--in-force", .help = "only what was not withdrawn"}, &ListOptions::in_force),
    };
    spec.fields = {
        {"items[].day", "date", "local day"},
        {"items[].state", "string", "the state"},
        {"items[].county", "string", "the county, as it was written"},
        {"items[].weather", "string", "cold, heat, or any: it counts for every rule"},
        {"items[].entry", "integer", "number of the entry for this county and day"},
        {"items[].status", "string", "in_force or withdrawn"},
        {"items[].reason", "string", "why it was entered"},
        {"items[].entered_at", "instant", "when it was entered"},
        {"items[].entered_by", "string", "by whom"},
        {"items[].withdrawn_at", "instant", "when it was withdrawn; null: it is in force", true},
        {"items[].withdrawn_by", "string", "by whom", true},
        {"items[].withdrawn_because", "string", "why", true},
    };
    spec.examples = {
        {"usagectl rules emergency list --from 2026-11-01 --to 2026-11-30", "of one month"},
        {"usagectl rules emergency list --county Harris --in-force", "what holds one county"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
