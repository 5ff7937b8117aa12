// SPDX-License-Identifier: MIT
// Lines of extracts and bills: what they say, and what is wrong with them.
#include <catch2/catch.hpp>

#include "legacy/bill_row.hpp"
#include "legacy/facts.hpp"

using namespace usagectl;
using Fields = std::vector<std::string>;
using reconcile::Part;

namespace {

legacy::Header header(const legacy::Layout& layout, const Fields& names) {
    const auto read = legacy::Header::read(layout, names);
    REQUIRE(read);
    return *read;
}

std::string header_error(const Fields& names) {
    const auto read = legacy::Header::read(legacy::extract_layout(), names);
    return read ? "" : read.error().code + ": " + read.error().message + "; " + read.error().hint;
}

std::string fact_error(const std::string& column, const std::string& value) {
    const auto names = header(legacy::extract_layout(), {"account", column});
    const auto facts = legacy::read_facts(names, {2, {"A-1", value}});
    return facts ? "" : facts.error().code;
}

const Fields bill_names{
    "account",
    "cycle_start",
    "cycle_end",
    "days_in_cycle",
    "kwh",
    "energy_charge",
    "pca_rate",
    "taxes"};

Result<reconcile::Bill>
bill_with(const std::string& column, const std::string& value, legacy::GivenRates given = {}) {
    auto names = bill_names;
    Fields fields{"A-1", "2026-10-01", "2026-10-31", "31", "310.5", "31.00", "0.012345678", "2.00"};
    const auto at = std::find(names.begin(), names.end(), column);
    if (at == names.end()) {
        names.push_back(column);
        fields.push_back(value);
    } else {
        fields[static_cast<std::size_t>(at - names.begin())] = value;
    }
    return legacy::read_bill(header(legacy::bills_layout(), names), {2, fields}, given);
}

std::string bill_error(const std::string& column, const std::string& value) {
    const auto bill = bill_with(column, value);
    return bill ? "" : bill.error().code;
}

}  // namespace

TEST_CASE("a header row names its columns") {
    CHECK(header_error({"Account", "NAME", "x_route"}).empty());
    CHECK(
        header_error({"account", "namee"}) ==
        "header_malformed: the header row has an unknown column 'namee'; did you mean name?"
    );
    CHECK(
        header_error({"account", "name", "name"}) ==
        "header_malformed: the header row has twice the column name; "
    );
    CHECK(header_error({"name"}).find("has no column account") != std::string::npos);
}

TEST_CASE("an extract's line says what the legacy system knows of an account") {
    const auto names = header(
        legacy::extract_layout(),
        {"phones",
         "account",
         "name",
         "emails",
         "meter",
         "begin_reading_kwh",
         "installed_on",
         "cycle_day",
         "past_due",
         "unbilled_kwh",
         "deposit",
         "critical_care",
         "medical",
         "x_a"}
    );
    const auto facts = legacy::read_facts(
        names,
        {2,
         {"+19725551234; +19725551235",
          "A-1",
          "Ana\nDiaz",
          "a@b.co",
          "'10443720000000001",
          "12345.678",
          "2026-01-02",
          "17",
          "12.5",
          "0.5",
          "100",
          "Y",
          "no",
          "whatever"}}
    );
    REQUIRE(facts);
    CHECK(facts->name == "Ana Diaz");
    REQUIRE(facts->contacts.size() == 3);
    CHECK(facts->contacts[0].primary);
    CHECK(facts->contacts[2].kind == account::ContactKind::email);
    CHECK(facts->meter == "10443720000000001");
    CHECK(facts->meter_facts.begin_reading_wh == 12'345'678);
    CHECK(facts->meter_facts.installed_on == *parse_day("2026-01-02"));
    CHECK_FALSE(facts->meter_facts.last_read_on);
    CHECK(facts->cycle_day == 17);
    CHECK(facts->past_due == Money::from_cents(1250));
    CHECK(facts->unbilled_wh == 500);
    CHECK(facts->deposit == Money::from_cents(10'000));
    CHECK(facts->critical_care == true);
    CHECK(facts->medical == false);
    CHECK_FALSE(facts->tax_exempt);
    CHECK_FALSE(facts->unbilled);
    CHECK(same(*facts, *facts));
    auto other = *facts;
    other.contacts.pop_back();
    CHECK_FALSE(same(*facts, other));
}

TEST_CASE("what is wrong with an extract's line has a name") {
    CHECK(fact_error("name", "Ana").empty());
    CHECK(fact_error("phones", "972-555") == "malformed_phone");
    CHECK(fact_error("emails", "a@b.co;nobody") == "malformed_email");
    CHECK(fact_error("language", "fr") == "malformed_language");
    CHECK(fact_error("meter", "no meter!") == "malformed_meter");
    CHECK(fact_error("begin_reading_kwh", "1.2345") == "malformed_energy");
    CHECK(fact_error("installed_on", "02/03/2026") == "malformed_date");
    CHECK(fact_error("cycle_day", "29") == "malformed_number");
    CHECK(fact_error("past_due", "1.234") == "malformed_amount");
    CHECK(fact_error("past_due", "-1") == "malformed_amount");
    CHECK(fact_error("tax_exempt", "perhaps") == "malformed_flag");
    const auto names = header(legacy::extract_layout(), {"account", "name"});
    CHECK(legacy::read_facts(names, {2, {"A 1", ""}}).error().code == "malformed_account");
    CHECK(legacy::read_facts(names, {2, {"", "x"}}).error().code == "field_missing");
    CHECK(legacy::read_facts(names, {2, {"A-1"}}).error().code == "fields_differ");
}

TEST_CASE("a bill's line, with rates that are given for all") {
    const auto bill = bill_with("base_charge", "12.00");
    REQUIRE(bill);
    CHECK(bill->wh == 310'500);
    CHECK(bill->amounts[Part::energy] == Money::from_cents(3100));
    CHECK(bill->amounts[Part::pca] == Money::from_cents(383));  // 310.5 x 0.012345678 = 3.8333
    CHECK(bill->amounts[Part::base] == Money::from_cents(1200));
    CHECK_FALSE(bill->total);

    const legacy::GivenRates given{*parse_rate("0.10"), *parse_rate("0.02")};
    CHECK(bill_with("energy_charge", "", given)->amounts[Part::energy] == Money::from_cents(3105));
    CHECK(bill_with("pca_rate", "", given)->amounts[Part::pca] == Money::from_cents(621));
    CHECK(bill_with("pca_rate", "0", given)->amounts[Part::pca] == Money());
}

TEST_CASE("what is wrong with a bill's line has a name") {
    CHECK(bill_error("taxes", "-2.00").empty());
    CHECK(bill_error("taxes", "2.005") == "malformed_amount");
    CHECK(bill_error("taxes", "") == "field_missing");
    CHECK(bill_error("total", "1,000.00") == "malformed_amount");
    CHECK(bill_error("energy_charge", "") == "energy_charge_missing");
    CHECK(bill_error("energy_charge", "10000000000") == "amount_out_of_range");
    CHECK(bill_error("pca_rate", "") == "pca_missing");
    CHECK(bill_error("pca_amount", "1.00") == "pca_twice");
    CHECK(bill_error("kwh", "99999999999") == "kwh_out_of_range");
    CHECK(bill_error("cycle_end", "2026-02-30") == "malformed_date");
    CHECK(bill_error("days_in_cycle", "31.0") == "malformed_number");
}
