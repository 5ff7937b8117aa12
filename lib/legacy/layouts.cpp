// SPDX-License-Identifier: MIT
#include "legacy/layouts.hpp"

#include <array>

namespace usagectl::legacy {

const Layout& extract_layout() {
    static const Layout layout{
        "extract",
        "Customers and meters of the legacy billing system",
        {
            {"account", Shape::account, true, "the utility's number of the account"},
            {"name", Shape::text, false, "the customer's name"},
            {"street", Shape::text, false, "service address"},
            {"city", Shape::text, false, "its city"},
            {"state", Shape::text, false, "its state, two letters"},
            {"county", Shape::text, false, "its county, without County"},
            {"postal_code", Shape::text, false, "its postal code"},
            {"phones", Shape::phones, false, "telephone numbers in E.164, ; between them"},
            {"emails", Shape::emails, false, "e-mail addresses, ; between them"},
            {"language", Shape::language, false, "en or es"},
            {"meter", Shape::meter, false, "ESI ID or other identifier of the meter"},
            {"meter_number", Shape::text, false, "the number on the meter's plate"},
            {"begin_reading_kwh", Shape::energy, false, "register when service begins"},
            {"installed_on", Shape::date, false, "when the meter was installed"},
            {"last_read_on", Shape::date, false, "when it was last read"},
            {"cycle_day", Shape::cycle_day, false, "day of the month a cycle begins, 1 to 28"},
            {"past_due", Shape::money, false, "past due on the legacy account"},
            {"unbilled_kwh", Shape::energy, false, "used since the last bill"},
            {"unbilled_amount", Shape::money, false, "what that comes to"},
            {"deposit", Shape::money, false, "deposit held for the customer"},
            {"critical_care", Shape::flag, false, "the customer depends on power to live"},
            {"chronic_condition", Shape::flag, false, "an outage would harm the customer"},
            {"medical", Shape::flag, false, "another medical need"},
            {"tax_exempt", Shape::flag, false, "the customer is exempt from taxes"},
        }};
    return layout;
}

const Layout& bills_layout() {
    static const Layout layout{
        "bills",
        "Bills of one billing cycle",
        {
            {"account", Shape::account, true, "the utility's number of the account"},
            {"cycle_start", Shape::date, true, "first local day of the cycle"},
            {"cycle_end", Shape::date, true, "last local day of the cycle, inclusive"},
            {"days_in_cycle", Shape::count, true, "how many days these are"},
            {"kwh", Shape::energy, true, "used in the cycle"},
            {"begin_reading", Shape::energy, false, "of the register, in kWh"},
            {"end_reading", Shape::energy, false, "of the register, in kWh"},
            {"base_charge", Shape::signed_money, false, "charges by the day or the month"},
            {"energy_charge", Shape::signed_money, false, "energy; default kWh by --base-rate"},
            {"delivery_charge", Shape::signed_money, false, "the TDSP's charges"},
            {"pca_rate", Shape::rate, false, "actual PCA by the kWh"},
            {"pca_amount", Shape::signed_money, false, "actual PCA, where it is not by a rate"},
            {"taxes", Shape::signed_money, true, "all taxes"},
            {"additional_charges", Shape::signed_money, false, "everything else"},
            {"total", Shape::signed_money, false, "of the bill, checked against its parts"},
        }};
    return layout;
}

const Layout& charges_layout() {
    static const Layout layout{
        "charges",
        "Charges of the prepay system that the legacy billing system does not know",
        {
            {"account", Shape::account, true, "the utility's number of the account"},
            {"day", Shape::date, true, "the local day of the charge"},
            {"line", Shape::text, true, "what it is for, as the chart of accounts names it"},
            {"kind", Shape::text, true, "option, fee, minimum, or tax: on a fee"},
            {"quantity", Shape::count, true, "days or pieces, corrections taken off"},
            {"amount", Shape::signed_money, true, "what the customer was charged"},
            {"currency", Shape::text, true, "ISO 4217"},
        }};
    return layout;
}

const Layout& accounts_layout() {
    static const Layout layout{
        "accounts",
        "Prepay accounts that are new",
        {
            {"account", Shape::account, true, "the utility's number of the account"},
            {"created_on", Shape::date, true, "the local day it was made"},
            {"existing_customer", Shape::flag, true, "1: the legacy system knew it before"},
            {"name", Shape::text, true, "the customer's name"},
            {"street", Shape::text, false, "service address"},
            {"city", Shape::text, false, "its city"},
            {"state", Shape::text, false, "its state"},
            {"county", Shape::text, false, "its county"},
            {"postal_code", Shape::text, false, "its postal code"},
            {"phones", Shape::phones, false, "telephone numbers, ; between them"},
            {"emails", Shape::emails, false, "e-mail addresses, ; between them"},
            {"language", Shape::language, true, "en or es"},
            {"meter", Shape::meter, false, "the meter that serves it"},
            {"tariff", Shape::text, true, "what it is charged by"},
            {"cycle_day", Shape::cycle_day, true, "day of the month a cycle begins"},
        }};
    return layout;
}

std::span<const Layout* const> layouts() {
    static const std::array<const Layout*, 4> all{
        &extract_layout(), &bills_layout(), &charges_layout(), &accounts_layout()};
    return all;
}

std::string_view pattern_of(Shape shape) {
    switch (shape) {
    case Shape::account:
        return "^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$";
    case Shape::phones:
        return "^(\\+[1-9][0-9]{7,14}(;|$))*$";
    case Shape::language:
        return "^(en|es)?$";
    case Shape::energy:
        return "^([0-9]{1,12}(\\.[0-9]{1,3})?)?$";
    case Shape::money:
        return "^([0-9]{1,12}(\\.[0-9]{1,2})?)?$";
    case Shape::signed_money:
        return "^(-?[0-9]{1,12}(\\.[0-9]{1,2})?)?$";
    case Shape::rate:
        return "^(-?[0-9]{1,6}(\\.[0-9]{1,9})?)?$";
    case Shape::date:
        return "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$";
    case Shape::cycle_day:
        return "^([1-9]|1[0-9]|2[0-8])?$";
    case Shape::count:
        return "^-?[0-9]+$";
    case Shape::flag:
        return "^([01YyNn]|yes|no|true|false)?$";
    case Shape::text:
    case Shape::meter:
    case Shape::emails:
        break;
    }
    return {};
}

}  // namespace usagectl::legacy
