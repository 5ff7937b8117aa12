// SPDX-License-Identifier: MIT
#include "reconcile/run_json.hpp"

#include "cli/json_values.hpp"

namespace usagectl {

namespace {

cli::Json rate_json(const std::optional<Rate>& rate) {
    return rate ? cli::Json(format_rate(*rate)) : cli::Json(nullptr);
}

}  // namespace

cli::Json run_json(const app::ReconcileRun& run) {
    cli::Json root;
    root["run"] = app::run_name(run.id);
    root["cycle_end"] = format_day(run.id.cycle_end);
    root["state"] = reconcile::to_string(run.state);
    root["bills_sha256"] = run.bills;
    root["base_rate"] = rate_json(run.base_rate);
    root["pca_rate"] = rate_json(run.pca_rate);
    root["bills"] = run.lines;
    root["rejected"] = run.rejected;
    root["estimated_total"] = format_money(run.estimated);
    root["actual_total"] = format_money(run.actual);
    root["adjustment_total"] = format_money(run.actual - run.estimated);
    root["absolute_total"] = format_money(run.absolute);
    root["started_at"] = format_instant(run.started_at);
    root["started_by"] = run.started_by;
    root["accepted_at"] = cli::instant_json(run.accepted_at);
    root["accepted_by"] = cli::name_json(run.accepted_by);
    root["second_at"] = cli::instant_json(run.second_at);
    root["second_by"] = cli::name_json(run.second_by);
    root["finished_at"] = cli::instant_json(run.finished_at);
    return root;
}

std::vector<cli::Field> run_fields(bool of_items) {
    std::vector<cli::Field> fields{
        {"items[].run", "string", "name of the run"},
        {"items[].cycle_end", "date", "last local day of the cycle"},
        {"items[].state", "string", "started, awaiting_second, accepting, accepted or replaced"},
        {"items[].bills_sha256", "string", "of the bills"},
        {"items[].base_rate", "string", "energy by the kWh, where it was given", true},
        {"items[].pca_rate", "string", "actual PCA by the kWh, where it was given", true},
        {"items[].bills", "integer", "lines of the bills"},
        {"items[].rejected", "integer", "lines that cannot be reconciled"},
        {"items[].estimated_total", "money", "what was charged"},
        {"items[].actual_total", "money", "what was billed"},
        {"items[].adjustment_total", "money", "what customers still have to pay"},
        {"items[].absolute_total", "money", "the adjustments, each without its sign"},
        {"items[].started_at", "instant", "when it was compared"},
        {"items[].started_by", "string", "by whom"},
        {"items[].accepted_at", "instant", "when it was accepted", true},
        {"items[].accepted_by", "string", "by whom", true},
        {"items[].second_at", "instant", "when a second person accepted it", true},
        {"items[].second_by", "string", "who that was", true},
        {"items[].finished_at", "instant", "when all was posted", true},
    };
    constexpr std::string_view prefix = "items[].";
    if (!of_items) {
        for (auto& field : fields)
            field.path.remove_prefix(prefix.size());
    }
    return fields;
}

}  // namespace usagectl
