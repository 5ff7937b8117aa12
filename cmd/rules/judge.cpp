// SPDX-License-Identifier: MIT
// usagectl rules judge: would a suspension be allowed, by facts given on the command line?
#include "app/emergencies.hpp"
#include "base/month_day.hpp"
#include "base/text.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "rules/commands.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

// A local time without zone: "2026-07-15T14:30".
struct LocalMinute {
    LocalDay day{};
    int minute = 0;
};

struct JudgeOptions {
    std::string pack;
    std::optional<LocalMinute> at;
    std::string state;
    std::string county;
    std::optional<LocalDay> warned;
    std::string connection;
    std::string disconnection;
    std::string payments;  // open, closed; empty: not known
    bool business = false;
    bool critical_care = false;
    bool chronic_condition = false;
    bool medical = false;
};

}  // namespace

template <>
struct cli::Parse<LocalMinute> {
    static Result<LocalMinute> from(std::string_view text) {
        constexpr std::size_t date_size = 10;
        const auto day = parse_day(text.substr(0, date_size));
        const bool blank =
            text.size() > date_size && (text[date_size] == 'T' || text[date_size] == ' ');
        const auto clock = blank ? parse_clock(text.substr(date_size + 1)) : std::nullopt;
        if (!day || !clock || *clock == 24 * 60) {
            return refuse(
                Exit::usage,
                "malformed_local_time",
                usagectl::quoted(text) + " is not a local time",
                "as in 2026-07-15T14:30"
            );
        }
        return LocalMinute{*day, *clock};
    }
};

namespace {

std::optional<Money>
amount_of(const std::string& text, std::string_view option, const cli::Context& context) {
    if (text.empty())
        return std::nullopt;
    auto amount = parse_money(text);
    if (amount)
        return *amount;
    auto error = std::move(amount.error());
    error.message = std::string(option) + ": " + error.message;
    context.fail(std::move(error));
}

rules::Facts facts_of(const JudgeOptions& options, const cli::Context& context) {
    rules::Facts facts;
    facts.day = options.at->day;
    facts.minute = options.at->minute;
    facts.critical_care = options.critical_care;
    facts.chronic_condition = options.chronic_condition;
    facts.medical = options.medical;
    facts.residential = !options.business;
    facts.connection_balance = amount_of(options.connection, "--connection", context);
    facts.disconnection_balance = amount_of(options.disconnection, "--disconnection", context);
    facts.warned_on = options.warned;
    facts.county = options.county;
    facts.state = options.state;
    if (!options.payments.empty())
        facts.payments_open = options.payments == "open";
    return facts;
}

cli::Json to_json(const std::string& pack, const rules::Verdict& verdict) {
    cli::Json root;
    root["pack"] = pack;
    root["allowed"] = verdict.allowed();
    root["items"] = cli::Json::array();
    for (const auto& hold : verdict.holds) {
        cli::Json item;
        item["hold"] = hold.id;
        item["rule"] = cli::name_json(hold.rule);
        item["until"] = cli::local_json(hold.until);
        item["mark"] = hold.mark ? cli::Json(rules::to_string(*hold.mark)) : cli::Json(nullptr);
        item["citation"] = hold.citation;
        item["text"] = hold.text;
        root["items"].push_back(std::move(item));
    }
    return root;
}

Exit run(const JudgeOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto packs = rule_packs(context);
    const auto& pack = context.must(packs.get(options.pack))->file.pack;
    auto facts = facts_of(options, context);
    const auto emergencies = app::emergencies_around(store, facts.day);
    facts.emergencies = emergencies;
    const auto verdict = rules::judge_suspension(pack, facts);
    cli::Context::View view;
    view.columns = {{"hold", "HELD BY"}, {"until", "UNTIL"}, {"text", "BECAUSE"}};
    if (verdict.allowed()) {
        view.columns.clear();
        view.heading = {"allowed: no rule of " + pack.name + " holds this suspension"};
    }
    context.print(to_json(pack.name, verdict), view);
    return verdict.allowed() ? Exit::done : Exit::check_failed;
}

std::vector<cli::Word> judge_words() {
    using cli::bind;
    using O = JudgeOptions;
    return {
        bind(
            {.name = "PACK",
             .help = "the pack's name",
             .complete = cli::Complete::rule_pack,
             .required = true},
            &O::pack
        ),
        bind(
            {.name = "--at",
             .value = "TIME",
             .help = "local time, 2026-07-15T14:30",
             .required = true},
            &O::at
        ),
        bind({.name = "--state", .value = "TX", .help = "state of the account"}, &O::state),
        bind({.name = "--county", .value = "NAME", .help = "county of the account"}, &O::county),
        bind({.name = "--warned", .value = "DATE", .help = "day of the last warning"}, &O::warned),
        bind(
            {.name = "--connection", .value = "AMOUNT", .help = "connection balance"},
            &O::connection
        ),
        bind(
            {.name = "--disconnection", .value = "AMOUNT", .help = "disconnection balance"},
            &O::disconnection
        ),
        bind(
            {.name = "--payments",
             .value = "STATE",
             .help = "whether payments can be taken",
             .choices = {"open", "closed"}},
            &O::payments
        ),
        bind({.name = "--business", .help = "not a residential customer"}, &O::business),
        bind({.name = "--critical-care", .help = "a critical care customer"}, &O::critical_care),
        bind(
            {.name = "--chronic-condition", .help = "a chronic condition customer"},
            &O::chronic_condition
        ),
        bind({.name = "--medical", .help = "another medical protection"}, &O::medical),
    };
}

}  // namespace

cli::Command rules_judge_command() {
    cli::Spec spec;
    spec.path = {"rules", "judge"};
    spec.summary = "tell whether a suspension would be allowed";
    spec.description =
        "Judges by the facts that are given and the emergencies that are entered. What is not "
        "given is not known, and holds where a rule asks for it.";
    spec.words = judge_words();
    spec.fields = {
        {"pack", "string", "the pack's name"},
        {"allowed", "boolean", "true when nothing holds"},
        {"items[].hold", "string", "id of a rule, or what is not known"},
        {"items[].rule", "string", "id of the rule behind it", true},
        {"items[].until", "string", "local time it lets go; null: cannot be known", true},
        {"items[].mark", "string", "how its figures are known", true},
        {"items[].citation", "string", "where it stands"},
        {"items[].text", "string", "one sentence for whoever speaks with the customer"},
    };
    spec.examples = {
        {"usagectl rules judge texas --at 2026-11-20T10:00 --state TX --county Harris "
         "--warned 2026-11-18 --connection 75 --disconnection 10 --payments open",
         "an ordinary morning"},
        {"usagectl rules judge virginia --at 2026-11-25T10:00 --state VA --county Fairfax --json",
         "the day before Thanksgiving"},
    };
    spec.exits = {
        {Exit::check_failed, "something holds"},
        {Exit::not_found, "there is no such pack"},
        {Exit::unavailable, "the folder of rules.directory cannot be read"},
        {Exit::rejected, "one of its packs has mistakes"},
    };
    return cli::command<JudgeOptions>(std::move(spec), run);
}

}  // namespace usagectl
