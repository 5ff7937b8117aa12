// SPDX-License-Identifier: MIT
#include "account/account_json.hpp"

#include <algorithm>

#include "cli/json_values.hpp"
#include "cli/masks.hpp"

namespace usagectl {

namespace {

cli::Json names_json(const std::vector<std::string>& names) {
    auto list = cli::Json::array();
    for (const auto& name : names)
        list.push_back(name);
    return list;
}

cli::Json address_json(const account::Address& address) {
    return {
        {"street", address.street},
        {"city", address.city},
        {"state", address.state},
        {"county", address.county},
        {"postal_code", address.postal_code},
    };
}

cli::Json meter_json(const account::Account& account, const account::Standing& standing) {
    const auto& facts = account.meter_facts;
    return {
        {"id", cli::name_json(standing.meter_id)},
        {"number", cli::text_json(facts.number)},
        {"begin_reading_wh", cli::value_json(facts.begin_reading_wh)},
        {"installed_on", cli::day_json(facts.installed_on)},
        {"last_read_on", cli::day_json(facts.last_read_on)},
    };
}

cli::Json thresholds_json(const account::Thresholds& thresholds) {
    return {
        {"connection", format_money(thresholds.connection)},
        {"disconnection", format_money(thresholds.disconnection)},
        {"grace", format_money(thresholds.grace)},
        {"low", format_money(thresholds.low)},
        {"low_days", cli::value_json(thresholds.low_days)},
    };
}

}  // namespace

cli::Json contacts_json(const std::vector<account::Contact>& contacts, bool reveal) {
    auto list = cli::Json::array();
    for (const auto& contact : contacts) {
        const bool phone = contact.kind == account::ContactKind::phone;
        cli::Json item;
        item["kind"] = phone ? "phone" : "email";
        item["value"] = phone && !reveal ? cli::mask_phone(contact.value) : contact.value;
        item["primary"] = contact.primary;
        list.push_back(std::move(item));
    }
    return list;
}

cli::Json account_json(const app::AccountShown& shown, bool reveal) {
    const auto& account = shown.known.account;
    const auto& standing = shown.standing;
    cli::Json root;
    root["account"] = account.id;
    root["status"] = account::to_string(standing.status);
    root["name"] = account.name;
    root["balance"] = format_money(standing.balance);
    root["debt"] = format_money(standing.debt);
    root["debt_percent"] = account.debt_percent;
    root["deposit"] = format_money(account.deposit);
    root["minimum_due"] = {
        {"total", format_money(account.minimum_due.total())},
        {"setup", format_money(account.minimum_due.setup)},
        {"unbilled", format_money(account.minimum_due.unbilled)},
        {"past_due", format_money(account.minimum_due.past_due)},
    };
    root["tariff"] = shown.rates.tariff;
    root["options"] = names_json(shown.rates.options);
    root["exemptions"] = names_json(shown.rates.exemptions);
    root["address"] = address_json(account.address);
    root["contacts"] = contacts_json(account.contacts, reveal);
    root["language"] = account.language;
    root["meter"] = meter_json(account, standing);
    root["cycle_day"] = standing.cycle_day;
    root["charged_through"] = cli::day_json(standing.charged_through);
    root["thresholds"] = thresholds_json(standing.thresholds);
    root["rule_pack"] = cli::name_json(account.rule_pack);
    root["flags"] = {
        {"critical_care", account.flags.critical_care},
        {"chronic_condition", account.flags.chronic_condition},
        {"medical", account.flags.medical},
        {"tax_exempt", account.flags.tax_exempt},
        {"existing_customer", account.flags.existing_customer},
    };
    root["created_at"] = format_instant(account.created_at);
    return root;
}

std::vector<cli::Field> account_fields() {
    return {
        {"account", "string", "the account's number"},
        {"status", "string", "pending, paid, active, past_due, suspended or closed"},
        {"name", "string", "the customer's name"},
        {"balance", "money", "posted balance; negative: owed"},
        {"debt", "money", "still owed from before"},
        {"debt_percent", "integer", "share of each payment that goes to it"},
        {"deposit", "money", "held for the customer, not used"},
        {"minimum_due.total", "money", "still due before service begins"},
        {"minimum_due.setup", "money", "set-up charges with their taxes"},
        {"minimum_due.unbilled", "money", "usage since the last bill"},
        {"minimum_due.past_due", "money", "past due on the legacy account"},
        {"tariff", "string", "what it is charged by"},
        {"options", "array", "options held every day"},
        {"exemptions", "array", "exemptions from taxes"},
        {"address.street", "string", "service address"},
        {"address.city", "string", "its city"},
        {"address.state", "string", "two letters"},
        {"address.county", "string", "where weather emergencies are declared"},
        {"address.postal_code", "string", "its postal code"},
        {"contacts[].kind", "string", "phone or email"},
        {"contacts[].value", "string", "number, masked unless --reveal, or address"},
        {"contacts[].primary", "boolean", "asked first"},
        {"language", "string", "en or es"},
        {"meter.id", "string", "ESI ID or other identifier; null once closed", true},
        {"meter.number", "string", "on the meter's plate", true},
        {"meter.begin_reading_wh", "integer", "register when service began", true},
        {"meter.installed_on", "date", "when it was installed", true},
        {"meter.last_read_on", "date", "when it was last read", true},
        {"cycle_day", "integer", "day of the month on which a billing cycle begins"},
        {"charged_through", "date", "last local day charged; null before service", true},
        {"thresholds.connection", "money", "needed beside what is due to be connected"},
        {"thresholds.disconnection", "money", "at or below: power may be suspended"},
        {"thresholds.grace", "money", "at or below: a suspend notice"},
        {"thresholds.low", "money", "at or below: a low balance notice"},
        {"thresholds.low_days", "integer", "the same by days left", true},
        {"rule_pack", "string", "rules that guard suspension; null: the configured ones", true},
        {"flags.critical_care", "boolean", "depends on power to live"},
        {"flags.chronic_condition", "boolean", "is harmed by an outage"},
        {"flags.medical", "boolean", "has another medical need"},
        {"flags.tax_exempt", "boolean", "pays no taxes that an exemption lifts"},
        {"flags.existing_customer", "boolean", "was one of the legacy system's"},
        {"created_at", "instant", "when the account was made"},
    };
}

cli::Json orders_json(const std::vector<app::OrderTouched>& orders) {
    auto list = cli::Json::array();
    for (const auto& touched : orders) {
        cli::Json item;
        item["order"] = touched.name;
        item["kind"] = account::to_string(touched.order.kind);
        item["state"] = account::to_string(touched.order.state);
        item["due_at"] = cli::instant_json(touched.order.due_at);
        list.push_back(std::move(item));
    }
    return list;
}

void append_order_fields(std::vector<cli::Field>& fields) {
    fields.push_back({"orders[].order", "string", "an order this made or cancelled"});
    fields.push_back({"orders[].kind", "string", "activate, suspend, reconnect"});
    fields.push_back({"orders[].state", "string", "pending or cancelled"});
    fields.push_back({"orders[].due_at", "instant", "to be done by then", true});
}

}  // namespace usagectl
