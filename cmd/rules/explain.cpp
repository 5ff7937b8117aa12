// SPDX-License-Identifier: MIT
// usagectl rules explain: one rule: what it means, where it stands, and the cases that touch it.
#include <algorithm>

#include "base/text.hpp"
#include "cli/text.hpp"
#include "cli/values.hpp"
#include "rules/cases.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"
#include "rules/rule_json.hpp"

namespace usagectl {

namespace {

struct ExplainOptions {
    std::string pack;
    std::string rule;
};

// What the program does with a rule of this kind, whatever its figures.
std::string_view meaning_of(std::string_view kind) {
    struct Meaning {
        std::string_view kind;
        std::string_view text;
    };
    static constexpr Meaning meanings[]{
        {"connection_balance_at_most",
         "An account cannot be set up to ask for more before it is connected; one that does is not "
         "suspended."},
        {"disconnection_balance_at_most",
         "An account cannot be set up to be cut off at a higher balance; one that is, is not "
         "suspended."},
        {"warning_days",
         "Whole local days between the last warning and the suspension; an older warning counts "
         "for nothing, and another must be given."},
        {"no_suspension_on", "No suspension on these local days, from midnight to midnight."},
        {"hours",
         "A suspension may be carried out from the first of these local times to the end "
         "of the minute of the last."},
        {"extreme_weather",
         "An emergency entered for the account's county holds on its local day and on as many days "
         "after it; usagectl rules emergency add enters one. An unknown county holds as well."},
        {"protected_customer", "An account with one of these marks is not suspended at all."},
        {"reconnect_within_minutes",
         "An order to reconnect is late when it takes longer than that from the payment."},
        {"summary_months", "A customer may ask for a summary of so many months."},
        {"payment_channels_open",
         "No suspension while payments cannot be taken, or while that is not known."},
    };
    const auto* found =
        std::find_if(std::begin(meanings), std::end(meanings), [kind](const Meaning& meaning) {
            return meaning.kind == kind;
        });
    return found == std::end(meanings) ? std::string_view() : found->text;
}

std::string_view meaning_of(rules::Mark mark) {
    switch (mark) {
    case rules::Mark::verified:
        return "read in the law itself";
    case rules::Mark::secondary:
        return "read in a text about the law";
    case rules::Mark::unsure:
        break;
    }
    return "from memory: have it read before it is relied on";
}

// The version that holds last: the one with the latest first day.
const rules::Rule&
find_rule(const cli::Context& context, const rules::Pack& pack, const std::string& id) {
    const rules::Rule* found = nullptr;
    std::vector<std::string_view> ids;
    for (const auto& rule : pack.rules) {
        ids.push_back(rule.id);
        const auto first = [](const rules::Rule& one) { return one.from.value_or(LocalDay{}); };
        if (rule.id == id && (found == nullptr || first(*found) <= first(rule)))
            found = &rule;
    }
    if (found != nullptr)
        return *found;
    auto hint = cli::did_you_mean(id, ids);
    if (hint.empty())
        hint = "usagectl rules show " + pack.name + " lists its rules";
    context.fail(
        {Exit::not_found,
         "rule_unknown",
         "the rule pack " + pack.name + " has no rule " + usagectl::quoted(id),
         hint}
    );
}

cli::Json to_json(const rules::PackFile& file, const rules::Rule& rule) {
    cli::Json root;
    root["pack"] = file.pack.name;
    add_rule(root, file.pack, rule);
    root["meaning"] = meaning_of(rules::kind_of(rule));
    root["items"] = cli::Json::array();
    for (const auto& one : file.cases) {
        if (std::find(one.held_by.begin(), one.held_by.end(), rule.id) == one.held_by.end())
            continue;
        root["items"].push_back({
            {"test", one.name},
            {"day", format_day(one.facts.day)},
            {"expected", rules::verdict_text(one.held_by)},
        });
    }
    return root;
}

Exit run(const ExplainOptions& options, cli::Context& context) {
    const auto packs = rule_packs(context);
    const auto& loaded = *context.must(packs.get(options.pack));
    const auto& file = loaded.file;
    const auto& rule = find_rule(context, file.pack, options.rule);
    cli::Context::View view;
    view.columns = {{"test", "CASE"}, {"day", "DAY"}, {"expected", "EXPECTED"}};
    view.heading = {
        rule.text,
        "",
        "rule      " + rule.id + " of " + file.pack.name +
            (rule.residential ? ", for residential customers" : ""),
        "figures   " + rules::figures_text(file.pack, rule),
        "source    " + rule.citation,
        "known     " + std::string(rules::to_string(rule.mark)) + ": " +
            std::string(meaning_of(rule.mark)),
        "meaning   " + std::string(meaning_of(rules::kind_of(rule))),
        ""};
    context.print(to_json(file, rule), view);
    return Exit::done;
}

}  // namespace

cli::Command rules_explain_command() {
    cli::Spec spec;
    spec.path = {"rules", "explain"};
    spec.summary = "explain one rule, with its source and its cases";
    spec.words = {
        cli::bind(
            {.name = "PACK",
             .help = "the pack's name",
             .complete = cli::Complete::rule_pack,
             .required = true},
            &ExplainOptions::pack
        ),
        cli::bind(
            {.name = "RULE", .help = "the rule's name", .required = true}, &ExplainOptions::rule
        ),
    };
    spec.fields = {
        {"pack", "string", "the pack's name"},
        {"rule", "string", "the rule's stable name"},
        {"kind", "string", "what it is about"},
        {"figures", "string", "its figures in words"},
        {"residential", "boolean", "true: for residential customers only"},
        {"mark", "string", "how the figures are known: verified, secondary, unsure"},
        {"citation", "string", "where it stands"},
        {"text", "string", "one sentence for whoever speaks with the customer"},
        {"from", "date", "first local day it holds; null: as the pack", true},
        {"until", "date", "last local day it holds; null: no end is known", true},
        {"meaning", "string", "what is done with such a rule"},
        {"items[].test", "string", "a case of the pack that the rule holds"},
        {"items[].day", "date", "its local day"},
        {"items[].expected", "string", "its verdict"},
    };
    spec.examples = {
        {"usagectl rules explain texas heat_advisory", "why is nobody cut off today?"},
        {"usagectl rules explain virginia no_suspension_days --json", "the same for a script"},
    };
    spec.exits = {
        {Exit::not_found, "there is no such pack or rule"},
        {Exit::unavailable, "the folder of rules.directory cannot be read"},
        {Exit::rejected, "one of its packs has mistakes"},
    };
    return cli::command<ExplainOptions>(std::move(spec), run);
}

}  // namespace usagectl
