// SPDX-License-Identifier: MIT
// usagectl account create: a new prepay account.
#include "account/account_json.hpp"
#include "account/commands.hpp"
#include "account/create_words.hpp"
#include "account/prepay_settings.hpp"
#include "app/legacy_facts.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/keyed.hpp"
#include "rules/pack_files.hpp"

namespace usagectl {

namespace {

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
    return cli::body_text(body);
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
    spec.words = create_words();
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
