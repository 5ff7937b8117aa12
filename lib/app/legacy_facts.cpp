// SPDX-License-Identifier: MIT
#include "app/legacy_facts.hpp"

namespace usagectl::app {

namespace {

void complete(std::string& text, const std::string& known) {
    if (text.empty())
        text = known;
}

template <class T>
void complete(std::optional<T>& value, const std::optional<T>& known) {
    if (!value)
        value = known;
}

void complete(account::Address& address, const account::Address& known) {
    complete(address.street, known.street);
    complete(address.city, known.city);
    complete(address.state, known.state);
    complete(address.county, known.county);
    complete(address.postal_code, known.postal_code);
}

void complete(account::MeterFacts& facts, const account::MeterFacts& known) {
    complete(facts.number, known.number);
    complete(facts.begin_reading_wh, known.begin_reading_wh);
    complete(facts.installed_on, known.installed_on);
    complete(facts.last_read_on, known.last_read_on);
}

}  // namespace

void complete_from_legacy(
    const legacy::Facts& facts, const GivenAmounts& given, CreateAccount& request
) {
    auto& account = request.account;
    complete(account.name, facts.name);
    complete(account.address, facts.address);
    if (account.contacts.empty())
        account.contacts = facts.contacts;
    complete(account.language, facts.language.value_or(""));
    complete(account.meter_facts, facts.meter_facts);
    account.flags.critical_care |= facts.critical_care.value_or(false);
    account.flags.chronic_condition |= facts.chronic_condition.value_or(false);
    account.flags.medical |= facts.medical.value_or(false);
    account.flags.tax_exempt |= facts.tax_exempt.value_or(false);
    account.flags.existing_customer = true;
    if (!given.past_due)
        account.minimum_due.past_due = facts.past_due.value_or(account.minimum_due.past_due);
    if (!given.deposit)
        account.deposit = facts.deposit.value_or(account.deposit);
    complete(request.meter, facts.meter.value_or(""));
    complete(request.unbilled, facts.unbilled);
    if (request.cycle_day == 0)
        request.cycle_day = facts.cycle_day.value_or(0);
}

}  // namespace usagectl::app
