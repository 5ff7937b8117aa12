// SPDX-License-Identifier: MIT
#include "tariff/format.hpp"

namespace usagectl::tariff {

namespace {

using layout::KeyRule;
using layout::OneOf;
using layout::Shape;
using enum layout::Shape;

KeyRule own_name(std::string_view table) {
    return {table, "name", text, true, "what its lines are called; unique in the file"};
}

KeyRule jurisdiction(std::string_view table, bool required = false) {
    return {table, "jurisdiction", text, required, "who imposes or regulates it"};
}

KeyRule seasons(std::string_view table) {
    return {table, "seasons", texts, false, "only in these seasons; default all"};
}

KeyRule periods(std::string_view table) {
    return {table, "periods", texts, false, "only in these periods of the day; default all"};
}

KeyRule tiers(std::string_view table) {
    return {
        table,
        "tiers",
        tables,
        false,
        "prices by the billing cycle's usage, ascending",
        {},
        "tier"};
}

KeyRule exemptions(std::string_view table) {
    return {table, "exemptions", texts, false, "an account that holds one of these is exempt"};
}

KeyRule child(std::string_view key, Shape shape, std::string_view help) {
    return {"", key, shape, false, help, {}, key};
}

std::vector<KeyRule> root_rules() {
    return {
        {"", "name", id, true, "the tariff's name; versions share it"},
        {"", "title", text, false, "the name for customers"},
        {"", "effective", date, true, "first local day this version holds"},
        {"", "currency", currency, true, "ISO 4217 code of every amount"},
        {"",
         "rounding",
         choice,
         false,
         "what happens to less than a cent, once per line; default half-even",
         {"half-even", "half-up", "up", "down"}},
        child("season", tables, "a part of the year"),
        child("holidays", table, "days that are not their day of the week"),
        child("schedule", tables, "the periods of a day"),
        child("energy", tables, "a price of energy used"),
        child("delivery", tables, "a delivery charge of the TDSP"),
        child("pca", table, "the power cost adjustment (PCRF)"),
        child("fixed", tables, "a charge for every day of service"),
        child("option", tables, "a charge for every day an option is held"),
        child("generation", tables, "a credit for energy fed in"),
        child("minimum", table, "the least a day costs"),
        child("fee", tables, "a charge for an event"),
        child("tax", tables, "a tax"),
    };
}

std::vector<KeyRule> calendar_rules() {
    return {
        {"season", "name", text, true, "its name"},
        {"season", "from", month_day, true, "first day, MM-DD"},
        {"season", "to", month_day, true, "last day, MM-DD; may lie in the next year"},
        {"holidays", "dates", dates, false, "single dates"},
        {"holidays", "yearly", month_days, false, "the same date every year, MM-DD"},
        {"schedule", "seasons", texts, false, "the seasons it holds in; default all"},
        {"schedule",
         "days",
         choices,
         true,
         "the days it holds on",
         {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "weekday", "weekend", "holiday", "all"}},
        {"schedule", "hours", tables, true, "the whole day, each part once", {}, "hours"},
        {"hours", "from", clock, true, "local time it begins, HH:MM in steps of five minutes"},
        {"hours", "to", clock, true, "local time it ends; may lie after midnight"},
        {"hours", "period", text, true, "the period's name"},
        {"tier", "up_to_kwh", energy, false, "upper limit of the cycle's usage; none in the last"},
        {"tier", "per_kwh", rate, true, "price of a kWh"},
    };
}

std::vector<KeyRule> charge_rules() {
    return {
        own_name("energy"),
        jurisdiction("energy"),
        seasons("energy"),
        periods("energy"),
        {"energy", "per_kwh", rate, false, "price of a kWh"},
        tiers("energy"),
        own_name("delivery"),
        jurisdiction("delivery"),
        seasons("delivery"),
        periods("delivery"),
        {"delivery", "per_kwh", signed_rate, false, "price of a kWh; negative for a credit"},
        {"delivery", "per_day", signed_rate, false, "price of a day; negative for a credit"},
        tiers("delivery"),
        own_name("pca"),
        jurisdiction("pca"),
        {"pca", "estimated", signed_rate, true, "per kWh until the actual figure is known"},
        own_name("fixed"),
        jurisdiction("fixed"),
        seasons("fixed"),
        {"fixed", "per_day", rate, true, "price of a day"},
        own_name("option"),
        jurisdiction("option"),
        {"option", "per_day", rate, true, "price of a day"},
        own_name("generation"),
        jurisdiction("generation"),
        seasons("generation"),
        periods("generation"),
        {"generation", "per_kwh", rate, true, "credit for a kWh"},
    };
}

std::vector<KeyRule> other_rules() {
    return {
        own_name("minimum"),
        jurisdiction("minimum"),
        {"minimum", "per_day", amount, true, "the least the counted charges of a day come to"},
        {"minimum", "on", texts, false, "the charges counted; default all but options and fees"},
        own_name("fee"),
        jurisdiction("fee"),
        {"fee",
         "event",
         choice,
         true,
         "what it is charged for",
         {"setup", "reconnect", "notification"}},
        {"fee",
         "method",
         choice,
         false,
         "only for a notification by this way",
         {"sms", "voice", "email", "pager", "csr"}},
        {"fee", "amount", amount, true, "price of one event"},
        own_name("tax"),
        jurisdiction("tax", true),
        {"tax", "percent", percent, false, "of the charges it is on"},
        {"tax", "per_kwh", rate, false, "of energy used"},
        {"tax", "per_day", rate, false, "of service"},
        {"tax", "on", texts, false, "the charges taxed; default all but generation credits"},
        exemptions("tax"),
    };
}

const std::vector<KeyRule>& key_rules() {
    static const auto rules = [] {
        auto all = root_rules();
        for (const auto& part : {calendar_rules(), charge_rules(), other_rules()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    return rules;
}

const std::vector<OneOf>& price_rules() {
    static const std::vector<OneOf> rules{
        {"energy", "price", {"per_kwh", "tiers"}},
        {"delivery", "price", {"per_kwh", "per_day", "tiers"}},
        {"tax", "price", {"percent", "per_kwh", "per_day"}},
    };
    return rules;
}

}  // namespace

const layout::Format& format() {
    static const layout::Format format{"the tariff", key_rules(), price_rules()};
    return format;
}

}  // namespace usagectl::tariff
