// SPDX-License-Identifier: MIT
// usagectl reconcile list: which cycles were reconciled, by whom.
#include "app/reconcile.hpp"
#include "cli/context.hpp"
#include "cli/values.hpp"
#include "reconcile/commands.hpp"
#include "reconcile/run_json.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<LocalDay> cycle_end;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    cli::Json root;
    root["currency"] = context.settings.text("prepay.currency");
    root["items"] = cli::Json::array();
    store.reconcile().each([&](const app::ReconcileRun& made) {
        if (!options.cycle_end || made.id.cycle_end == *options.cycle_end)
            root["items"].push_back(run_json(made));
        return true;
    });
    cli::Context::View view;
    view.columns = {
        {"run", "RUN"},
        {"state", "STATE"},
        {"bills", "BILLS", true},
        {"rejected", "REJECTED", true},
        {"estimated_total", "CHARGED", true},
        {"actual_total", "BILLED", true},
        {"adjustment_total", "ADJUSTMENT", true},
        {"started_by", "STARTED BY"},
        {"accepted_by", "ACCEPTED BY"},
        {"second_by", "AND BY"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command reconcile_list_command() {
    cli::Spec spec;
    spec.path = {"reconcile", "list"};
    spec.summary = "list reconciliations, newest cycle first";
    spec.words = {
        cli::bind(
            {.name = "--cycle-end", .value = "DATE", .help = "of this cycle only"},
            &ListOptions::cycle_end
        ),
    };
    spec.fields = {{"currency", "string", "ISO 4217 code of every amount"}};
    for (const auto& field : run_fields(true))
        spec.fields.push_back(field);
    spec.examples = {{"usagectl reconcile list", "which cycles are settled"}};
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
