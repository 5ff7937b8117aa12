// SPDX-License-Identifier: MIT
// usagectl tariff list: every version of every tariff, and from when to when it holds.
#include "app/tariffs.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "tariff/commands.hpp"
#include "tariff/tariff_file.hpp"

namespace usagectl {

namespace {

struct ListOptions {
    std::optional<LocalDay> at;
};

Exit run(const ListOptions& options, cli::Context& context) {
    auto& store = context.store();
    std::vector<app::TariffListed> listed;
    store.read([&] { listed = app::list_tariffs(store); });
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& [version, until] : listed) {
        if (options.at && (version.effective > *options.at || (until && *until < *options.at)))
            continue;
        cli::Json item;
        item["tariff"] = version.name;
        item["version"] = version.version;
        item["effective"] = format_day(version.effective);
        item["until"] = cli::day_json(until);
        item["sha256"] = version.sha256;
        item["added_at"] = format_instant(version.added_at);
        root["items"].push_back(std::move(item));
    }
    cli::Context::View view;
    view.columns = {
        {"tariff", "TARIFF"},
        {"version", "VERSION", true},
        {"effective", "EFFECTIVE"},
        {"until", "UNTIL"},
        {"added_at", "ADDED"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command tariff_list_command() {
    cli::Spec spec;
    spec.path = {"tariff", "list"};
    spec.summary = "list the versions of every tariff";
    spec.words = {
        cli::bind(
            {.name = "--at", .value = "DATE", .help = "only the versions that hold on that day"},
            &ListOptions::at
        ),
    };
    spec.fields = {
        {"items[].tariff", "string", "the tariff's name"},
        {"items[].version", "integer", "number of the version, in the order they were added"},
        {"items[].effective", "date", "first local day it holds"},
        {"items[].until", "date", "last local day it holds; null: no end is known", true},
        {"items[].sha256", "string", "of the text"},
        {"items[].added_at", "instant", "when it was added"},
    };
    spec.examples = {
        {"usagectl tariff list", "all versions, by name and effective date"},
        {"usagectl tariff list --at 2026-11-20", "what holds on that day"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
