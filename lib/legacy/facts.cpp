// SPDX-License-Identifier: MIT
#include "legacy/facts.hpp"

#include <algorithm>
#include <tuple>

#include "base/text.hpp"
#include "meter/types.hpp"

namespace usagectl::legacy {

namespace {

auto of_address(const account::Address& address) {
    return std::tie(
        address.street, address.city, address.state, address.county, address.postal_code
    );
}

auto of_meter(const account::MeterFacts& facts) {
    return std::tie(facts.number, facts.begin_reading_wh, facts.installed_on, facts.last_read_on);
}

auto of_rest(const Facts& facts) {
    return std::tie(
        facts.account,
        facts.name,
        facts.language,
        facts.meter,
        facts.cycle_day,
        facts.past_due,
        facts.unbilled_wh,
        facts.unbilled,
        facts.deposit,
        facts.critical_care,
        facts.chronic_condition,
        facts.medical,
        facts.tax_exempt
    );
}

bool same_contact(const account::Contact& left, const account::Contact& right) {
    return left.kind == right.kind && left.value == right.value && left.primary == right.primary;
}

std::optional<std::string> optional_text(Row& row, std::string_view column) {
    auto text = row.text(column);
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

}  // namespace

bool same(const Facts& left, const Facts& right) {
    return of_rest(left) == of_rest(right) &&
           of_address(left.address) == of_address(right.address) &&
           of_meter(left.meter_facts) == of_meter(right.meter_facts) &&
           std::equal(
               left.contacts.begin(),
               left.contacts.end(),
               right.contacts.begin(),
               right.contacts.end(),
               same_contact
           );
}

Result<Facts> read_facts(const Header& header, const CsvRecord& record) {
    Row row(header, record);
    Facts facts;
    facts.account = row.text("account");
    if (const auto id = account::AccountId::parse(facts.account); !id)
        row.fail("account", id.error());
    facts.name = row.text("name");
    facts.address = {
        row.text("street"),
        row.text("city"),
        row.text("state"),
        row.text("county"),
        row.text("postal_code"),
    };
    facts.contacts = row.contacts();
    facts.language = optional_text(row, "language");
    if (facts.language && *facts.language != "en" && *facts.language != "es") {
        row.fail(
            "language",
            {Exit::rejected, "malformed_language", quoted(*facts.language) + " is not en or es"}
        );
    }
    if (const auto meter = optional_text(row, "meter")) {
        const auto id = meter::MeterId::parse(*meter);
        if (id)
            facts.meter = id->text();
        else
            row.fail("meter", id.error());
    }
    facts.meter_facts = {
        optional_text(row, "meter_number"),
        row.energy_wh("begin_reading_kwh"),
        row.date("installed_on"),
        row.date("last_read_on"),
    };
    facts.cycle_day = row.count("cycle_day", 1, 28);
    facts.past_due = row.money("past_due");
    facts.unbilled_wh = row.energy_wh("unbilled_kwh");
    facts.unbilled = row.money("unbilled_amount");
    facts.deposit = row.money("deposit");
    facts.critical_care = row.flag("critical_care");
    facts.chronic_condition = row.flag("chronic_condition");
    facts.medical = row.flag("medical");
    facts.tax_exempt = row.flag("tax_exempt");
    if (row.error())
        return tl::unexpected(*row.error());
    return facts;
}

}  // namespace usagectl::legacy
