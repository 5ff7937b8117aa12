// SPDX-License-Identifier: MIT
// usagectl account set: what can be changed of an account.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/account_settings.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct SetOptions {
    std::optional<account::AccountId> account;
    std::optional<std::string> name;
    std::vector<account::Phone> phones;
    std::vector<account::Email> emails;
    bool no_phone = false;
    bool no_email = false;
    std::optional<std::string> street;
    std::optional<std::string> city;
    std::optional<std::string> state;
    std::optional<std::string> county;
    std::optional<std::string> postal_code;
    std::optional<std::string> language;
    std::optional<Money> connection_balance;
    std::optional<Money> disconnection_balance;
    std::optional<Money> grace_balance;
    std::optional<Money> low_balance;
    std::int64_t low_days = -1;      // -1: not given
    std::int64_t debt_percent = -1;  // -1: not given
    std::optional<std::string> rule_pack;
    std::optional<bool> critical_care;
    std::optional<bool> chronic_condition;
    std::optional<bool> medical;
    std::optional<bool> tax_exempt;
    std::optional<std::string> meter_number;
    std::optional<std::int64_t> begin_reading_wh;
    std::optional<LocalDay> installed_on;
    std::optional<LocalDay> last_read_on;
    std::optional<meter::MeterId> meter;
    std::optional<std::string> tariff;
    std::vector<std::string> options;
    std::vector<std::string> exemptions;
    bool no_option = false;
    bool no_exemption = false;
    std::optional<LocalDay> from;
};

template <class T>
std::optional<std::vector<std::string>> values_of(const std::vector<T>& given, bool none) {
    if (given.empty() && !none)
        return std::nullopt;
    std::vector<std::string> values;
    for (const auto& value : given) {
        if constexpr (std::is_same_v<T, std::string>)
            values.push_back(value);
        else
            values.push_back(value.text);
    }
    return values;
}

app::SetAccount request_of(const SetOptions& options) {
    app::SetAccount request;
    request.account = options.account->text();
    request.name = options.name;
    request.street = options.street;
    request.city = options.city;
    request.state = options.state;
    request.county = options.county;
    request.postal_code = options.postal_code;
    request.phones = values_of(options.phones, options.no_phone);
    request.emails = values_of(options.emails, options.no_email);
    request.language = options.language;
    request.rule_pack = options.rule_pack;
    request.connection = options.connection_balance;
    request.disconnection = options.disconnection_balance;
    request.grace = options.grace_balance;
    request.low = options.low_balance;
    if (options.low_days >= 0)
        request.low_days = options.low_days;
    if (options.debt_percent >= 0)
        request.debt_percent = options.debt_percent;
    request.critical_care = options.critical_care;
    request.chronic_condition = options.chronic_condition;
    request.medical = options.medical;
    request.tax_exempt = options.tax_exempt;
    request.meter_facts = {
        options.meter_number,
        options.begin_reading_wh,
        options.installed_on,
        options.last_read_on,
    };
    if (options.meter)
        request.service.meter = options.meter->text();
    request.service.tariff = options.tariff;
    request.service.options = values_of(options.options, options.no_option);
    request.service.exemptions = values_of(options.exemptions, options.no_exemption);
    request.service.from = options.from;
    return request;
}

// What is asked for, in words that do not depend on how it is written.
cli::Json body_of(const app::SetAccount& request) {
    cli::Json body;
    const auto text = [&](const char* key, const std::optional<std::string>& value) {
        if (value)
            body[key] = *value;
    };
    const auto number = [&](const char* key, const auto& value) {
        if (value)
            body[key] = *value;
    };
    const auto amount = [&](const char* key, const std::optional<Money>& value) {
        if (value)
            body[key] = format_money(*value);
    };
    const auto day = [&](const char* key, const std::optional<LocalDay>& value) {
        if (value)
            body[key] = format_day(*value);
    };
    text("name", request.name);
    text("street", request.street);
    text("city", request.city);
    text("state", request.state);
    text("county", request.county);
    text("postal_code", request.postal_code);
    number("phones", request.phones);
    number("emails", request.emails);
    text("language", request.language);
    text("rule_pack", request.rule_pack);
    amount("connection", request.connection);
    amount("disconnection", request.disconnection);
    amount("grace", request.grace);
    amount("low", request.low);
    number("low_days", request.low_days);
    number("debt_percent", request.debt_percent);
    number("critical_care", request.critical_care);
    number("chronic_condition", request.chronic_condition);
    number("medical", request.medical);
    number("tax_exempt", request.tax_exempt);
    text("meter_number", request.meter_facts.number);
    number("begin_reading_wh", request.meter_facts.begin_reading_wh);
    day("installed_on", request.meter_facts.installed_on);
    day("last_read_on", request.meter_facts.last_read_on);
    text("meter", request.service.meter);
    text("tariff", request.service.tariff);
    number("options", request.service.options);
    number("exemptions", request.service.exemptions);
    return body;
}

cli::Json to_json(
    const app::AccountSet& done,
    const app::Prepay& prepay,
    const std::vector<std::string>& warnings,
    bool dry_run
) {
    auto root = account_json(done.shown, false);
    root["currency"] = prepay.currency;
    root["changed"] = done.changed;
    root["from"] = cli::day_json(done.from);
    root["ahead"] = done.ahead;
    root["dry_run"] = dry_run;
    root["warnings"] = warnings;
    return root;
}

Exit run(const SetOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    auto request = request_of(options);
    auto body = body_of(request);
    if (body.empty()) {
        context.fail({
            Exit::usage,
            "nothing_to_set",
            "no setting is named",
            "usagectl account set --help lists what can be set",
        });
    }
    body["account"] = request.account;
    body["from"] = cli::day_json(options.from);
    // Which pack the account has is known once it is locked.
    std::optional<app::RulePacks> packs;
    if (app::touches_limits(request))
        packs = rule_packs(context);
    request.packs = packs ? &*packs : nullptr;
    request.dry_run = context.globals.dry_run;
    const cli::Keyed keyed(context, cli::body_text(body));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    const auto warnings_of = [&](const app::AccountSet& done) -> std::vector<std::string> {
        if (!request.county && !request.state)
            return {};
        const auto& address = done.shown.known.account.address;
        return county_warnings(context, address.state, address.county);
    };
    request.set = [&](const app::AccountSet& done) {
        keyed.keep(to_json(done, prepay, warnings_of(done), false));
    };
    const auto done =
        context.must(app::set_account(store, request, prepay, cli::actor_of(context), context.clock)
        );
    if (done.changed.empty())
        context.note("everything was so already: nothing was changed");
    if (done.ahead)
        context.note("the change counts from " + format_day(*done.from) + " on");
    const auto warnings = warnings_of(done);
    for (const auto& warning : warnings)
        context.note(warning);
    context.print(to_json(done, prepay, warnings, context.globals.dry_run), {});
    return Exit::done;
}

void append_service_words(std::vector<cli::Word>& words) {
    using cli::bind;
    using O = SetOptions;
    words.push_back(bind(
        {.name = "--meter",
         .value = "METER",
         .help = "another meter, from the day of --from",
         .complete = cli::Complete::meter},
        &O::meter
    ));
    words.push_back(bind(
        {.name = "--tariff",
         .value = "TARIFF",
         .help = "another tariff, from the day of --from",
         .complete = cli::Complete::tariff},
        &O::tariff
    ));
    words.push_back(bind(
        {.name = "--option",
         .value = "NAME",
         .help = "an option held from that day, instead of those there are",
         .repeatable = true},
        &O::options
    ));
    words.push_back(bind({.name = "--no-option", .help = "no option any more"}, &O::no_option));
    words.push_back(bind(
        {.name = "--exemption",
         .value = "NAME",
         .help = "an exemption held from that day, instead of those there are",
         .repeatable = true},
        &O::exemptions
    ));
    words.push_back(
        bind({.name = "--no-exemption", .help = "no exemption any more"}, &O::no_exemption)
    );
    words.push_back(bind(
        {.name = "--from",
         .value = "DATE",
         .help = "from when tariff, options, exemptions and meter count; default: the first day "
                 "not charged yet"},
        &O::from
    ));
}

void append_limit_words(std::vector<cli::Word>& words) {
    using O = SetOptions;
    words::append_balance_words<O>(words);
    words.push_back(cli::bind_between(
        {.name = "--low-days", .value = "N", .help = "low when so few days are left; 0: never"},
        &O::low_days,
        0,
        60
    ));
    words.push_back(cli::bind_between(
        {.name = "--debt-percent", .value = "N", .help = "of each payment to old debt, 0 to 100"},
        &O::debt_percent,
        0,
        100
    ));
    words.push_back(words::rule_pack<O>("rules that guard suspension; empty: the configured ones"));
    const auto flag = [&](std::string_view name, std::string_view help, auto member) {
        words.push_back(cli::bind(
            {.name = name, .value = "YESNO", .help = help, .choices = {"yes", "no"}}, member
        ));
    };
    flag("--critical-care", "the customer depends on power to live", &O::critical_care);
    flag("--chronic-condition", "an outage would harm the customer", &O::chronic_condition);
    flag("--medical", "another medical need", &O::medical);
    flag("--tax-exempt", "holds every exemption the tariff has, from that day", &O::tax_exempt);
}

}  // namespace

cli::Command account_set_command() {
    using cli::bind;
    using O = SetOptions;
    cli::Spec spec;
    spec.path = {"account", "set"};
    spec.summary = "change what is settled for an account";
    spec.description =
        "Changes what is named and leaves the rest. Tariff, options, exemptions and meter change "
        "from a local day on that is not charged yet; what is charged does not change.";
    spec.words = {
        words::account(&O::account),
        bind({.name = "--name", .value = "NAME", .help = "the customer's name"}, &O::name),
        bind(
            {.name = "--language",
             .value = "CODE",
             .help = "in which the customer is told things",
             .choices = {"en", "es"}},
            &O::language
        ),
    };
    words::append_contact_words<O>(spec.words, "in E.164, instead of those there are");
    spec.words.push_back(bind({.name = "--no-phone", .help = "no telephone"}, &O::no_phone));
    spec.words.push_back(bind({.name = "--no-email", .help = "no e-mail address"}, &O::no_email));
    words::append_address_words<O>(spec.words);
    append_limit_words(spec.words);
    words::append_meter_fact_words<O>(spec.words);
    append_service_words(spec.words);
    spec.fields = account_fields();
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    spec.fields.push_back({"changed", "array", "names of the settings that changed"});
    spec.fields.push_back({"from", "date", "from when tariff or meter changes", true});
    spec.fields.push_back({"ahead", "boolean", "true: that day is still to come"});
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.fields.push_back({"warnings", "array", "what may be wrong with it: a county unknown"});
    spec.item_list = "contacts";
    spec.examples = {
        {"usagectl account set A-1001 --low-balance 30.00 --low-days 5", "earlier warnings"},
        {"usagectl account set A-1001 --tariff home-tou --from 2026-12-01", "a new price in time"},
        {"usagectl account set A-1001 --phone +19725551234 --phone +12145551234",
         "these two instead of those there were"},
    };
    spec.exits = {
        {Exit::not_found, "the account, the tariff or the rule pack is unknown"},
        {Exit::refused, "the day is charged, the meter is taken, or a limit is against the rules"},
    };
    spec.changes = true;
    return cli::command<SetOptions>(std::move(spec), run);
}

}  // namespace usagectl
