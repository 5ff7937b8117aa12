// SPDX-License-Identifier: MIT
// usagectl account create: a new prepay account.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/prepay_settings.hpp"
#include "account/words.hpp"
#include "app/legacy_facts.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "cli/values.hpp"
#include "meter/types.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

struct CreateOptions {
    std::optional<account::AccountId> account;
    std::string name;
    std::optional<meter::MeterId> meter;
    std::string tariff;
    std::vector<std::string> options;
    std::vector<std::string> exemptions;
    std::vector<account::Phone> phones;
    std::vector<account::Email> emails;
    std::string street;
    std::string city;
    std::string state;
    std::string county;
    std::string postal_code;
    std::string language;
    std::optional<std::string> meter_number;
    std::optional<std::int64_t> begin_reading_wh;
    std::optional<LocalDay> installed_on;
    std::optional<LocalDay> last_read_on;
    std::int64_t cycle_day = 0;  // 0: not given
    std::optional<Money> deposit;
    bool apply_deposit = false;
    std::optional<Money> past_due;
    std::optional<Money> unbilled;
    std::optional<Money> debt;
    std::int64_t debt_percent = 0;
    std::optional<Money> connection_balance;
    std::optional<Money> disconnection_balance;
    std::optional<Money> grace_balance;
    std::optional<Money> low_balance;
    std::int64_t low_days = 0;  // 0: not given
    std::string rule_pack;
    std::optional<std::string> provider_of_record;
    bool critical_care = false;
    bool chronic_condition = false;
    bool medical = false;
    bool tax_exempt = false;
    bool existing_customer = false;
};

std::vector<account::Contact> contacts_of(const CreateOptions& options) {
    std::vector<account::Contact> contacts;
    for (const auto& phone : options.phones) {
        contacts.push_back({account::ContactKind::phone, phone.text, contacts.empty()});
    }
    for (const auto& email : options.emails) {
        contacts.push_back({account::ContactKind::email, email.text, contacts.empty()});
    }
    return contacts;
}

account::Thresholds thresholds_of(const CreateOptions& options, const app::Prepay& prepay) {
    auto thresholds = prepay.defaults;
    thresholds.connection = options.connection_balance.value_or(thresholds.connection);
    thresholds.disconnection = options.disconnection_balance.value_or(thresholds.disconnection);
    thresholds.grace = options.grace_balance.value_or(thresholds.grace);
    thresholds.low = options.low_balance.value_or(thresholds.low);
    if (options.low_days != 0)
        thresholds.low_days = options.low_days;
    return thresholds;
}

app::CreateAccount request_of(const CreateOptions& options, const app::Prepay& prepay) {
    app::CreateAccount request;
    auto& account = request.account;
    account.id = options.account->text();
    account.name = options.name;
    account.address = {
        options.street, options.city, options.state, options.county, options.postal_code};
    account.contacts = contacts_of(options);
    account.language = options.language;
    account.rule_pack = options.rule_pack;
    account.flags = {
        options.critical_care,
        options.chronic_condition,
        options.medical,
        options.tax_exempt,
        options.existing_customer,
    };
    account.meter_facts = {
        options.meter_number,
        options.begin_reading_wh,
        options.installed_on,
        options.last_read_on,
    };
    account.minimum_due.past_due = options.past_due.value_or(Money());
    account.deposit = options.deposit.value_or(Money());
    account.debt_percent = options.debt_percent;
    request.meter = options.meter ? options.meter->text() : std::string();
    request.rates = {options.tariff, options.options, options.exemptions};
    request.thresholds = thresholds_of(options, prepay);
    request.cycle_day = options.cycle_day;
    request.unbilled = options.unbilled;
    request.debt = options.debt.value_or(Money());
    request.apply_deposit = options.apply_deposit;
    request.provider_of_record = options.provider_of_record;
    return request;
}

// What is not said comes from the legacy system, where that knows the account.
void complete(const CreateOptions& options, cli::Context& context, app::CreateAccount& request) {
    const auto& id = request.account.id;
    const auto known = context.store().legacy().find(id);
    if (known) {
        app::complete_from_legacy(
            known->facts, {options.past_due.has_value(), options.deposit.has_value()}, request
        );
    } else if (context.store().legacy().any_extract()) {
        context.note("account " + id + " is unknown to the legacy system");
    }
    if (request.account.language.empty())
        request.account.language = "en";
    if (request.cycle_day == 0)
        request.cycle_day = 1;
    for (const auto& [name, text] :
         {std::pair("--name", &request.account.name), std::pair("--meter", &request.meter)}) {
        if (text->empty()) {
            context.fail(
                {Exit::usage,
                 "missing_option",
                 std::string("option ") + name + " is required: the legacy system does not tell",
                 "usagectl legacy lookup " + id + " shows what it does"}
            );
        }
    }
}

// What is asked for, in words that do not depend on how it is written.
std::string body_of(const app::CreateAccount& request) {
    cli::Json body = account_json({{0, request.account}, {}, request.rates}, true);
    const auto& thresholds = request.thresholds;
    body["meter"]["id"] = request.meter;
    body["cycle_day"] = request.cycle_day;
    body["debt"] = format_money(request.debt);
    body["unbilled"] = request.unbilled ? format_money(*request.unbilled) : "";
    body["apply_deposit"] = request.apply_deposit;
    body["thresholds"] = {
        format_money(thresholds.connection),
        format_money(thresholds.disconnection),
        format_money(thresholds.grace),
        format_money(thresholds.low),
        thresholds.low_days.value_or(0),
    };
    return body.dump();
}

cli::Json to_json(
    const app::AccountCreated& made,
    const app::Prepay& prepay,
    const std::vector<std::string>& warnings,
    bool dry_run
) {
    auto root = account_json({made.known, made.standing, made.rates}, false);
    root["currency"] = prepay.currency;
    root["due"] = format_money(made.minimum_due);
    root["unbilled_from"] =
        cli::day_json(made.unbilled_days ? std::optional(made.unbilled_days->first) : std::nullopt);
    root["orders"] = orders_json(made.orders);
    root["dry_run"] = dry_run;
    root["warnings"] = warnings;
    return root;
}

Exit run(const CreateOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto prepay = prepay_of(context.settings);
    auto request = request_of(options, prepay);
    const cli::Keyed keyed(context, body_of(request));
    if (auto before = keyed.before()) {
        context.print(std::move(*before), {});
        return Exit::done;
    }
    complete(options, context, request);
    const auto packs = packs_for(context, prepay, request.account.rule_pack);
    request.packs = packs ? &*packs : nullptr;
    request.dry_run = context.globals.dry_run;
    const auto& address = request.account.address;
    const auto warnings = county_warnings(context, address.state, address.county);
    request.created = [&](const app::AccountCreated& made) {
        keyed.keep(to_json(made, prepay, warnings, false));
    };
    const auto made = context.must(
        app::create_account(store, request, prepay, cli::actor_of(context), context.clock)
    );
    for (const auto& warning : warnings)
        context.note(warning);
    context.print(to_json(made, prepay, warnings, context.globals.dry_run), {});
    return Exit::done;
}

std::vector<cli::Word> who_and_where() {
    using cli::bind;
    using O = CreateOptions;
    return {
        words::account(&O::account),
        bind({.name = "--name", .value = "NAME", .help = "the customer's name"}, &O::name),
        bind(
            {.name = "--meter",
             .value = "METER",
             .help = "ESI ID or other meter identifier",
             .complete = cli::Complete::meter},
            &O::meter
        ),
        bind(
            {.name = "--tariff",
             .value = "TARIFF",
             .help = "what the account is charged by",
             .complete = cli::Complete::tariff,
             .required = true},
            &O::tariff
        ),
        bind(
            {.name = "--option",
             .value = "NAME",
             .help = "an option of the tariff, held every day",
             .repeatable = true},
            &O::options
        ),
        bind(
            {.name = "--exemption",
             .value = "NAME",
             .help = "an exemption from taxes",
             .repeatable = true},
            &O::exemptions
        ),
        bind(
            {.name = "--language",
             .value = "CODE",
             .help = "in which the customer is told things",
             .choices = {"en", "es"},
             .default_text = "en"},
            &O::language
        ),
        bind(
            {.name = "--provider-of-record",
             .value = "NAME",
             .help = "retail provider that serves the meter"},
            &O::provider_of_record
        ),
    };
}

void append_meter_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    words::append_meter_fact_words<O>(words);
    words.push_back(cli::bind_between(
        {.name = "--cycle-day",
         .value = "N",
         .help = "day of the month on which a billing cycle begins, 1 to 28",
         .default_text = "1"},
        &O::cycle_day,
        1,
        28
    ));
}

void append_money_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    const auto amount = [&](std::string_view name, std::string_view help, auto member) {
        words.push_back(cli::bind({.name = name, .value = "AMOUNT", .help = help}, member));
    };
    amount("--deposit", "deposit held for the customer", &O::deposit);
    words.push_back(cli::bind(
        {.name = "--apply-deposit", .help = "use the deposit for what is due"}, &O::apply_deposit
    ));
    amount("--past-due", "past due on the legacy account", &O::past_due);
    amount("--unbilled", "unbilled usage; default: worked out from stored usage", &O::unbilled);
    amount("--debt", "old debt, paid off by a share of each payment", &O::debt);
    words.push_back(cli::bind_between(
        {.name = "--debt-percent", .value = "N", .help = "that share, 0 to 100"},
        &O::debt_percent,
        0,
        100
    ));
    words::append_balance_words<O>(words);
    words.push_back(cli::bind_between(
        {.name = "--low-days", .value = "N", .help = "the same when so few days are left"},
        &O::low_days,
        1,
        60
    ));
}

void append_flag_words(std::vector<cli::Word>& words) {
    using O = CreateOptions;
    const auto flag = [&](std::string_view name, std::string_view help, bool O::*member) {
        words.push_back(cli::bind({.name = name, .help = help}, member));
    };
    flag("--critical-care", "the customer depends on power to live", &O::critical_care);
    flag("--chronic-condition", "an outage would harm the customer", &O::chronic_condition);
    flag("--medical", "another medical need", &O::medical);
    flag("--tax-exempt", "holds every exemption the tariff has", &O::tax_exempt);
    flag("--existing-customer", "known to the legacy system", &O::existing_customer);
    words.push_back(words::rule_pack<O>("rules that guard suspension"));
}

}  // namespace

cli::Command account_create_command() {
    cli::Spec spec;
    spec.path = {"account", "create"};
    spec.summary = "make a new prepay account";
    spec.description =
        "The account waits, pending, until the minimum due is covered: set-up charges, usage not "
        "yet billed and what is past due, beside the connection balance. A deposit can cover it. "
        "What is not given is taken from the legacy system (legacy lookup); name and meter must "
        "come from one or the other.";
    spec.words = who_and_where();
    words::append_contact_words<CreateOptions>(
        spec.words, "in E.164; the first is the primary contact"
    );
    words::append_address_words<CreateOptions>(spec.words);
    append_meter_words(spec.words);
    append_money_words(spec.words);
    append_flag_words(spec.words);
    spec.fields = account_fields();
    spec.fields.push_back({"currency", "string", "ISO 4217 code of every amount"});
    spec.fields.push_back({"due", "money", "the minimum due, charged by now or not"});
    spec.fields.push_back(
        {"unbilled_from", "date", "first day of the unbilled usage worked out", true}
    );
    append_order_fields(spec.fields);
    spec.fields.push_back({"dry_run", "boolean", "true when nothing was kept"});
    spec.fields.push_back({"warnings", "array", "what may be wrong with it: a county unknown"});
    spec.item_list = "orders";
    spec.examples = {
        {"usagectl account create A-1003 --name 'Ana Diaz' --meter 10443720000000001 --tariff "
         "home-flat --phone +19725551234",
         "a new customer"},
    };
    spec.exits = {
        {Exit::not_found, "the tariff or the rule pack is unknown"},
        {Exit::refused, "the account or its meter is taken, or a limit is against the rules"},
    };
    spec.changes = true;
    return cli::command<CreateOptions>(std::move(spec), run);
}

}  // namespace usagectl
