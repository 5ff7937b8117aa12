// SPDX-License-Identifier: MIT
// usagectl usage drift: what on-demand values said against what was settled.
#include "app/drift.hpp"

#include "app/meters.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "meter/words.hpp"
#include "usage/commands.hpp"

namespace usagectl {

namespace {

struct DriftOptions {
    std::optional<meter::MeterId> meter;
    std::optional<LocalDay> since;
};

cli::Json to_json(const app::DriftDay& day) {
    cli::Json item;
    item["meter"] = day.meter;
    item["date"] = format_day(day.day);
    item["intervals"] = day.drift.intervals;
    item["differing"] = day.drift.differing;
    item["raw_wh"] = day.drift.raw_wh;
    item["vee_wh"] = day.drift.vee_wh;
    item["difference_wh"] = day.drift.difference_wh();
    return item;
}

Exit run(const DriftOptions& options, cli::Context& context) {
    auto& store = context.store();
    std::optional<std::string> meter;
    if (options.meter)
        meter = options.meter->text();
    std::vector<app::DriftDay> days;
    store.read([&] {
        if (meter && !store.meters().find(*meter))
            context.fail(app::unknown_meter(*meter));
        days = app::find_drift(store, options.since, meter);
    });
    cli::Json root;
    root["since"] = options.since ? cli::Json(format_day(*options.since)) : cli::Json(nullptr);
    std::int64_t total = 0;
    root["items"] = cli::Json::array();
    for (const auto& day : days) {
        root["items"].push_back(to_json(day));
        total += day.drift.difference_wh();
    }
    root["difference_wh"] = total;
    cli::Context::View view;
    view.columns = {
        {"meter", "METER"},
        {"date", "DATE"},
        {"intervals", "INTERVALS", true},
        {"differing", "DIFFERING", true},
        {"raw_wh", "RAW WH", true},
        {"vee_wh", "SETTLED WH", true},
        {"difference_wh", "DIFFERENCE", true},
    };
    view.footing = {
        days.empty() ? "no day has both on-demand and settled values"
                     : "on-demand values minus settled ones: " + std::to_string(total) + " Wh"};
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command usage_drift_command() {
    using cli::bind;
    cli::Spec spec;
    spec.path = {"usage", "drift"};
    spec.summary = "compare on-demand values with settled ones";
    spec.description =
        "For every meter and day that has both, the energy of the on-demand (raw) values against "
        "that of the settled (VEE) ones that replaced them, over the intervals both have; the "
        "worst "
        "difference first.";
    spec.words = {
        bind(
            {.name = "METER", .help = "one meter; default all", .complete = cli::Complete::meter},
            &DriftOptions::meter
        ),
        bind(
            {.name = "--since",
             .value = "DATE",
             .help = "first local day; default the first stored"},
            &DriftOptions::since
        ),
    };
    spec.fields = {
        {"since", "date", "the day asked for", true},
        {"difference_wh", "integer", "sum over the items"},
        {"items[].meter", "string", "the meter"},
        {"items[].date", "date", "local day"},
        {"items[].intervals", "integer", "intervals that both layers have"},
        {"items[].differing", "integer", "of these, with another value"},
        {"items[].raw_wh", "integer", "on-demand energy over them"},
        {"items[].vee_wh", "integer", "settled energy over them"},
        {"items[].difference_wh", "integer", "on-demand minus settled"},
    };
    spec.examples = {
        {"usagectl usage drift --since 2026-11-01", "how good the on-demand values were"},
    };
    spec.exits = {{Exit::not_found, "the meter is unknown"}};
    return cli::command<DriftOptions>(std::move(spec), run);
}

}  // namespace usagectl
