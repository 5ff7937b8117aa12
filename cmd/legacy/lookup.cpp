// SPDX-License-Identifier: MIT
// usagectl legacy lookup: what the legacy billing system says of an account.
#include "account/account_json.hpp"
#include "account/words.hpp"
#include "app/legacy_import.hpp"
#include "cli/actor.hpp"
#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "cli/values.hpp"
#include "legacy/commands.hpp"

namespace usagectl {

namespace {

struct LookupOptions {
    std::optional<account::AccountId> account;
    bool reveal = false;
};

cli::Json root_of(const app::LegacyAccount& known, bool reveal) {
    const auto& facts = known.facts;
    cli::Json root;
    root["account"] = facts.account;
    root["name"] = cli::name_json(facts.name);
    root["street"] = cli::name_json(facts.address.street);
    root["city"] = cli::name_json(facts.address.city);
    root["state"] = cli::name_json(facts.address.state);
    root["county"] = cli::name_json(facts.address.county);
    root["postal_code"] = cli::name_json(facts.address.postal_code);
    root["language"] = cli::value_json(facts.language);
    root["meter"] = cli::value_json(facts.meter);
    root["meter_number"] = cli::value_json(facts.meter_facts.number);
    root["begin_reading_wh"] = cli::value_json(facts.meter_facts.begin_reading_wh);
    root["installed_on"] = cli::day_json(facts.meter_facts.installed_on);
    root["last_read_on"] = cli::day_json(facts.meter_facts.last_read_on);
    root["cycle_day"] = cli::value_json(facts.cycle_day);
    root["past_due"] = cli::money_json(facts.past_due);
    root["unbilled_wh"] = cli::value_json(facts.unbilled_wh);
    root["unbilled"] = cli::money_json(facts.unbilled);
    root["deposit"] = cli::money_json(facts.deposit);
    root["critical_care"] = cli::value_json(facts.critical_care);
    root["chronic_condition"] = cli::value_json(facts.chronic_condition);
    root["medical"] = cli::value_json(facts.medical);
    root["tax_exempt"] = cli::value_json(facts.tax_exempt);
    root["extract"] = known.extract;
    root["at"] = format_instant(known.at);
    root["contacts"] = contacts_json(facts.contacts, reveal);
    return root;
}

Exit run(const LookupOptions& options, cli::Context& context) {
    auto& store = context.store();
    const auto known = context.must(app::look_up_legacy(store, options.account->text()));
    if (options.reveal) {
        store.write([&] {
            store.audit().append(cli::actor_of(context).record(
                context.clock.now(), "telephone numbers of " + known.facts.account + " shown"
            ));
        });
    }
    auto root = root_of(known, options.reveal);
    root["currency"] = context.settings.text("prepay.currency");
    context.print(std::move(root), {});
    return Exit::done;
}

std::vector<cli::Field> fields() {
    return {
        {"account", "string", "the account's number"},
        {"name", "string", "the customer's name", true},
        {"street", "string", "service address", true},
        {"city", "string", "its city", true},
        {"state", "string", "its state", true},
        {"county", "string", "its county", true},
        {"postal_code", "string", "its postal code", true},
        {"language", "string", "in which the customer is told things", true},
        {"meter", "string", "the meter's identifier", true},
        {"meter_number", "string", "on its plate", true},
        {"begin_reading_wh", "integer", "its register when service begins", true},
        {"installed_on", "date", "when it was installed", true},
        {"last_read_on", "date", "when it was last read", true},
        {"cycle_day", "integer", "day of the month on which a billing cycle begins", true},
        {"past_due", "money", "past due on the legacy account", true},
        {"unbilled_wh", "integer", "used since the last bill", true},
        {"unbilled", "money", "what that comes to", true},
        {"deposit", "money", "held for the customer", true},
        {"critical_care", "boolean", "the customer depends on power to live", true},
        {"chronic_condition", "boolean", "an outage would harm the customer", true},
        {"medical", "boolean", "another medical need", true},
        {"tax_exempt", "boolean", "exempt from taxes", true},
        {"extract", "integer", "number of the last extract that changed something of it"},
        {"at", "instant", "when that was taken"},
        {"currency", "string", "ISO 4217 code of every amount"},
        {"contacts[].kind", "string", "phone or email"},
        {"contacts[].value", "string", "number, masked unless --reveal, or address"},
        {"contacts[].primary", "boolean", "asked first"},
    };
}

}  // namespace

cli::Command legacy_lookup_command() {
    cli::Spec spec;
    spec.path = {"legacy", "lookup"};
    spec.summary = "show what the legacy system says of an account";
    spec.words = {
        cli::bind(
            {.name = "ACCOUNT", .help = "the utility's number of the account", .required = true},
            &LookupOptions::account
        ),
        cli::bind(
            {.name = "--reveal", .help = "show telephone numbers in full; this is recorded"},
            &LookupOptions::reveal
        ),
    };
    spec.fields = fields();
    spec.item_list = "contacts";
    spec.examples = {{"usagectl legacy lookup L-2001", "before account create"}};
    spec.exits = {{Exit::not_found, "no extract names the account"}};
    spec.records = true;
    return cli::command<LookupOptions>(std::move(spec), run);
}

}  // namespace usagectl
