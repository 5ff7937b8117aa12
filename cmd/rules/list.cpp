// SPDX-License-Identifier: MIT
// usagectl rules list: every rule pack, carried by the program or of one's own.
#include "cli/json_values.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct ListOptions {};

cli::Json item_of(const app::LoadedPack& loaded, const std::string& in_use) {
    const auto& pack = loaded.file.pack;
    cli::Json item;
    item["pack"] = pack.name;
    item["title"] = pack.title;
    item["jurisdiction"] = pack.jurisdiction;
    item["effective"] = format_day(pack.effective);
    item["until"] = cli::day_json(pack.until);
    item["rules"] = pack.rules.size();
    item["tests"] = loaded.file.cases.size();
    item["default"] = pack.name == in_use;
    item["source"] = cli::name_json(loaded.path);
    return item;
}

Exit run(const ListOptions&, cli::Context& context) {
    const auto packs = rule_packs(context);
    cli::Json root;
    root["items"] = cli::Json::array();
    for (const auto& pack : packs.all())
        root["items"].push_back(item_of(pack, context.settings.text("rules.pack")));
    cli::Context::View view;
    view.columns = {
        {"pack", "PACK"},
        {"title", "TITLE"},
        {"jurisdiction", "STATE"},
        {"effective", "EFFECTIVE"},
        {"rules", "RULES", true},
        {"tests", "TESTS", true},
        {"default", "DEFAULT"},
        {"source", "FILE"},
    };
    context.print(std::move(root), view);
    return Exit::done;
}

}  // namespace

cli::Command rules_list_command() {
    cli::Spec spec;
    spec.path = {"rules", "list"};
    spec.summary = "list the rule packs there are";
    spec.description =
        "The program carries packs; files of the folder that the setting rules.directory names are "
        "added, and take the place of a built-in pack of the same name.";
    spec.fields = {
        {"items[].pack", "string", "the pack's name"},
        {"items[].title", "string", "the name for people"},
        {"items[].jurisdiction", "string", "the state it is for"},
        {"items[].effective", "date", "first local day it holds"},
        {"items[].until", "date", "last local day it holds; null: no end is known", true},
        {"items[].rules", "integer", "how many rules it has"},
        {"items[].tests", "integer", "how many cases it brings"},
        {"items[].default", "boolean", "true for the pack of accounts that name none"},
        {"items[].source", "string", "its file; null: carried by the program", true},
    };
    spec.examples = {
        {"usagectl rules list", "what may be judged by"},
        {"usagectl rules list --json", "the same for a script"},
    };
    spec.exits = {
        {Exit::unavailable, "the folder of rules.directory cannot be read"},
        {Exit::rejected, "one of its packs has mistakes"},
    };
    return cli::command<ListOptions>(std::move(spec), run);
}

}  // namespace usagectl
