// SPDX-License-Identifier: MIT
#include "rules/format.hpp"

namespace usagectl::rules {

namespace {

using layout::KeyRule;
using layout::OneOf;
using enum layout::Shape;

constexpr std::int64_t longest_days = 366;
constexpr std::int64_t longest_minutes = 31 * 24 * 60;

KeyRule number(
    std::string_view table,
    std::string_view key,
    bool required,
    std::string_view help,
    std::int64_t low,
    std::int64_t high
) {
    return {table, key, count, required, help, {}, {}, low, high};
}

const std::vector<std::string_view>& kinds() {
    static const auto names = [] {
        std::vector<std::string_view> all;
        for (const auto& keys : figure_keys())
            all.push_back(keys.kind);
        return all;
    }();
    return names;
}

const std::vector<std::string_view>& weekdays() {
    static const std::vector<std::string_view> names{
        "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return names;
}

std::vector<KeyRule> root_rules() {
    return {
        {"", "name", id, true, "the pack's name"},
        {"", "title", text, true, "the name for people"},
        {"", "jurisdiction", state, true, "the state it is for, two letters"},
        {"", "currency", currency, true, "ISO 4217 code of every amount"},
        {"", "effective", date, true, "first local day it holds"},
        {"", "until", date, false, "last local day it holds; none: no end is known"},
        {"", "citation", sentence, true, "the law it stands in"},
        {"", "counties", texts, false, "the counties of the state, as people write them"},
        {"", "holiday", tables, false, "a holiday of the state", {}, "holiday"},
        {"", "rule", tables, true, "one rule", {}, "rule"},
        {"", "test", tables, false, "facts, and the verdict they must come to", {}, "test"},
        {"holiday", "name", text, true, "its name"},
        {"holiday", "date", date, false, "one day of one year"},
        {"holiday", "yearly", month_day, false, "the same date every year, MM-DD"},
        number("holiday", "month", false, "with `weekday` and `nth`: the month", 1, 12),
        {"holiday", "weekday", choice, false, "the day of the week", weekdays()},
        number("holiday", "nth", false, "which of them in the month; -1: the last", -1, 4),
        number("holiday", "after_days", false, "so many days after that day", 0, 30),
        {"holiday",
         "observed",
         flag,
         false,
         "true: kept on Friday when it falls on Saturday, on Monday when on Sunday"},
    };
}

std::vector<KeyRule> rule_rules() {
    return {
        {"rule", "id", snake, true, "its stable name"},
        {"rule", "kind", choice, true, "what it is about", kinds()},
        {"rule", "citation", sentence, true, "where it stands"},
        {"rule",
         "mark",
         choice,
         true,
         "read in the law, in a text about it, or remembered",
         {"verified", "secondary", "unsure"}},
        {"rule", "text", sentence, true, "one sentence for whoever speaks with the customer"},
        {"rule", "residential", flag, false, "true: for residential customers only"},
        {"rule", "from", date, false, "first local day it holds; none: as the pack"},
        {"rule", "until", date, false, "last local day it holds; none: no end is known"},
        {"rule", "amount", amount, false, "the most an amount may be"},
        number("rule", "min_days", false, "the warning's least age", 0, longest_days),
        number("rule", "max_days", false, "the warning's greatest age", 0, longest_days),
        {"rule", "weekdays", choices, false, "days of the week", weekdays()},
        {"rule", "holidays", flag, false, "true: on holidays"},
        {"rule", "before_holiday", flag, false, "true: on the day before a holiday"},
        {"rule", "earliest", minute, false, "local time from which it may be done"},
        {"rule", "latest", minute, false, "last local minute in which it may be done"},
        {"rule", "weather", choice, false, "which emergencies count", {"cold", "heat", "any"}},
        number("rule", "lookback_days", false, "days after it that it still counts", 0, 30),
        {"rule",
         "protects",
         choices,
         false,
         "who is never suspended",
         {"critical_care", "chronic_condition", "medical"}},
        number("rule", "minutes", false, "power is back within so many", 1, longest_minutes),
        number("rule", "months", false, "the summary covers so many", 1, 120),
    };
}

std::vector<KeyRule> test_rules() {
    return {
        {"test", "name", text, true, "what it shows"},
        {"test", "day", date, true, "local day of the suspension"},
        {"test", "time", minute, false, "local time; default 12:00"},
        {"test", "warned", date, false, "local day of the warning; none: not warned"},
        {"test", "state", state, false, "default: the pack's"},
        {"test", "county", text, false, "none: not known"},
        {"test", "connection", amount, false, "connection balance; none: not known"},
        {"test", "disconnection", amount, false, "disconnection balance; none: not known"},
        {"test", "payments_open", flag, false, "none: not known"},
        {"test", "residential", flag, false, "default true"},
        {"test",
         "flags",
         choices,
         false,
         "protections of the customer",
         {"critical_care", "chronic_condition", "medical"}},
        {"test", "emergency", tables, false, "a weather emergency", {}, "emergency"},
        {"test", "expect", choice, true, "the verdict", {"allowed", "held"}},
        {"test", "held_by", texts, false, "ids of what holds, in the order of the verdict"},
        {"emergency", "day", date, true, "its local day"},
        {"emergency", "county", text, false, "default: the test's"},
        {"emergency", "weather", choice, false, "default any", {"cold", "heat", "any"}},
    };
}

const std::vector<OneOf>& one_of_rules() {
    static const std::vector<OneOf> rules{{"holiday", "date", {"date", "yearly", "nth"}}};
    return rules;
}

}  // namespace

const std::vector<FigureKeys>& figure_keys() {
    static const std::vector<FigureKeys> keys{
        {"connection_balance_at_most", {"amount"}},
        {"disconnection_balance_at_most", {"amount"}},
        {"warning_days", {"min_days", "max_days"}},
        {"no_suspension_on", {}, {"weekdays", "holidays", "before_holiday"}},
        {"hours", {"earliest", "latest"}},
        {"extreme_weather", {"weather", "lookback_days"}},
        {"protected_customer", {"protects"}},
        {"reconnect_within_minutes", {"minutes"}},
        {"summary_months", {"months"}},
        {"payment_channels_open", {}},
    };
    return keys;
}

const layout::Format& format() {
    static const auto rules = [] {
        auto all = root_rules();
        for (const auto& part : {rule_rules(), test_rules()})
            all.insert(all.end(), part.begin(), part.end());
        return all;
    }();
    static const layout::Format format{"the pack", rules, one_of_rules()};
    return format;
}

}  // namespace usagectl::rules
