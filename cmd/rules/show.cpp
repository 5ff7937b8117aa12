// SPDX-License-Identifier: MIT
// usagectl rules show: every rule of a pack, and its text.
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"
#include "rules/rule_json.hpp"

namespace usagectl {

namespace {

struct ShowOptions {
    std::string pack;
};

cli::Json to_json(const app::LoadedPack& loaded) {
    const auto& pack = loaded.file.pack;
    cli::Json root;
    root["pack"] = pack.name;
    root["title"] = pack.title;
    root["jurisdiction"] = pack.jurisdiction;
    root["currency"] = pack.currency;
    root["effective"] = format_day(pack.effective);
    root["until"] = cli::day_json(pack.until);
    root["source"] = cli::name_json(loaded.path);
    root["citation"] = pack.citation;
    root["text"] = loaded.text;
    root["items"] = cli::Json::array();
    for (const auto& rule : pack.rules) {
        cli::Json item;
        add_rule(item, pack, rule);
        root["items"].push_back(std::move(item));
    }
    return root;
}

Exit run(const ShowOptions& options, cli::Context& context) {
    const auto packs = rule_packs(context);
    const auto& loaded = *context.must(packs.get(options.pack));
    const auto& pack = loaded.file.pack;
    cli::Context::View view;
    view.columns = {
        {"rule", "RULE"},
        {"figures", "FIGURES"},
        {"mark", "MARK"},
        {"citation", "CITATION"},
    };
    view.heading = {
        pack.title + ": rule pack " + pack.name + " for " + pack.jurisdiction + ", effective " +
            format_day(pack.effective) + (pack.until ? " to " + format_day(*pack.until) : ""),
        pack.citation};
    context.print(to_json(loaded), view);
    return Exit::done;
}

}  // namespace

cli::Command rules_show_command() {
    cli::Spec spec;
    spec.path = {"rules", "show"};
    spec.summary = "show every rule of a pack";
    spec.words = {
        cli::bind(
            {.name = "PACK",
             .help = "its name",
             .complete = cli::Complete::rule_pack,
             .required = true},
            &ShowOptions::pack
        ),
    };
    spec.fields = {
        {"pack", "string", "the pack's name"},
        {"title", "string", "the name for people"},
        {"jurisdiction", "string", "the state it is for"},
        {"currency", "string", "ISO 4217 code of its amounts"},
        {"effective", "date", "first local day it holds"},
        {"until", "date", "last local day it holds; null: no end is known", true},
        {"source", "string", "its file; null: carried by the program", true},
        {"citation", "string", "the law it stands in"},
        {"text", "string", "the file as it is"},
        {"items[].rule", "string", "the rule's stable name"},
        {"items[].kind", "string", "what it is about"},
        {"items[].figures", "string", "its figures in words"},
        {"items[].residential", "boolean", "true: for residential customers only"},
        {"items[].mark", "string", "how the figures are known: verified, secondary, unsure"},
        {"items[].citation", "string", "where it stands"},
        {"items[].text", "string", "one sentence for whoever speaks with the customer"},
        {"items[].from", "date", "first local day it holds; null: as the pack", true},
        {"items[].until", "date", "last local day it holds; null: no end is known", true},
    };
    spec.examples = {
        {"usagectl rules show texas", "figures, how they are known, where they stand"},
        {"usagectl rules show texas --format csv", "for a lawyer to read"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such pack"},
        {Exit::unavailable, "the folder of rules.directory cannot be read"},
        {Exit::rejected, "one of its packs has mistakes"},
    };
    return cli::command<ShowOptions>(std::move(spec), run);
}

}  // namespace usagectl
