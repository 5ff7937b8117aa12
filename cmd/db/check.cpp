// SPDX-License-Identifier: MIT
// usagectl db check: is everything in the store whole and readable.
#include "cli/context.hpp"
#include "db/commands.hpp"

namespace usagectl {

namespace {

struct CheckOptions {};

Exit run(const CheckOptions&, cli::Context& context) {
    auto& store = context.store();
    cli::Json root;
    root["url"] = context.store_url();
    auto items = cli::Json::array();
    store.check([&](const std::string& finding) { items.push_back({{"finding", finding}}); });
    const bool sound = items.empty();
    root["sound"] = sound;
    root["items"] = std::move(items);
    cli::Context::View view;
    view.columns = {{"finding", "FINDING"}};
    view.footing = {sound ? "sound" : "not sound"};
    context.print(std::move(root), view);
    return sound ? Exit::done : Exit::check_failed;
}

}  // namespace

cli::Command db_check_command() {
    cli::Spec spec;
    spec.path = {"db", "check"};
    spec.summary = "check that everything stored is whole";
    spec.description =
        "Checks the engine's own structures, unpacks every day block and every replaced version, "
        "and verifies that each block's meter and source exist.";
    spec.fields = {
        {"url", "string", "the datastore, password masked"},
        {"sound", "boolean", "true when nothing was found"},
        {"items[].finding", "string", "what is wrong, with meter and day"},
    };
    spec.examples = {{"usagectl db check", "before a backup"}};
    spec.exits = {
        {Exit::check_failed, "something is damaged or missing"},
        {Exit::unavailable, "the datastore cannot be read or reached"},
    };
    return cli::command<CheckOptions>(std::move(spec), run);
}

}  // namespace usagectl
