// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/text.hpp"
#include "rules/judge.hpp"
#include "rules/reader_parts.hpp"

namespace usagectl::rules {

namespace {

constexpr std::size_t most_rules = 1000;

int number(const Fields& fields, std::string_view key) {
    return static_cast<int>(fields.count(key).value_or(0));
}

bool among(const std::vector<std::string_view>& keys, std::string_view key) {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
}

// Every key that holds a figure of some kind, once.
std::vector<std::string_view> all_figure_keys() {
    std::vector<std::string_view> all;
    for (const auto& kind : figure_keys()) {
        for (const auto& keys : {kind.must, kind.may}) {
            for (const auto key : keys) {
                if (!among(all, key))
                    all.push_back(key);
            }
        }
    }
    return all;
}

// Keys a kind needs, and keys of other kinds, which would be read by nobody.
void check_keys(const Fields& fields, std::string_view kind) {
    const FigureKeys* own = nullptr;
    for (const auto& keys : figure_keys())
        own = keys.kind == kind ? &keys : own;
    if (own == nullptr)
        return;  // reported with the key
    const auto of_kind = "a rule of kind " + std::string(kind);
    for (const auto key : own->must) {
        if (!fields.has(key))
            fields.add(fields.place(), of_kind + " has no " + std::string(key));
    }
    for (const auto key : all_figure_keys()) {
        if (fields.has(key) && !among(own->must, key) && !among(own->may, key))
            fields.add(fields.place_of(key), std::string(key) + " says nothing in " + of_kind);
    }
}

Figures read_days(const Fields& fields, const Pack& pack) {
    NoSuspensionOn figures;
    for (const auto* word : fields.list("weekdays"))
        figures.weekdays.set(weekday_number(word->text));
    figures.holidays = fields.flag("holidays").value_or(false);
    figures.before_holiday = fields.flag("before_holiday").value_or(false);
    if (!fields.has("weekdays") && !figures.holidays && !figures.before_holiday) {
        fields.add(
            fields.place(),
            "a rule of kind no_suspension_on names no day",
            "write weekdays, holidays = true or before_holiday = true"
        );
    }
    if ((figures.holidays || figures.before_holiday) && pack.holidays.empty()) {
        fields.add(
            fields.place(),
            "a rule for holidays, and no holidays are listed",
            "add [[holiday]] with a name and date, yearly or nth"
        );
    }
    return figures;
}

Figures read_warning(const Fields& fields) {
    const WarningDays figures{number(fields, "min_days"), number(fields, "max_days")};
    if (fields.count("min_days") && fields.count("max_days") && figures.least > figures.most)
        fields.add(fields.place_of("max_days"), "max_days is less than min_days");
    return figures;
}

Figures read_hours(const Fields& fields) {
    const Hours figures{fields.clock("earliest").value_or(0), fields.clock("latest").value_or(0)};
    if (fields.clock("earliest") && fields.clock("latest") && figures.earliest > figures.latest)
        fields.add(fields.place_of("latest"), "latest lies before earliest");
    return figures;
}

Figures read_figures(const Fields& fields, std::string_view kind, const Pack& pack) {
    const auto amount = fields.amount("amount").value_or(Money());
    if (kind == "connection_balance_at_most")
        return ConnectionBalance{amount};
    if (kind == "disconnection_balance_at_most")
        return DisconnectionBalance{amount};
    if (kind == "warning_days")
        return read_warning(fields);
    if (kind == "no_suspension_on")
        return read_days(fields, pack);
    if (kind == "hours")
        return read_hours(fields);
    if (kind == "extreme_weather") {
        return ExtremeWeather{
            parse_weather(fields.text("weather")).value_or(Weather::any),
            number(fields, "lookback_days")};
    }
    if (kind == "protected_customer")
        return ProtectedCustomer{protections_of(fields, "protects")};
    if (kind == "reconnect_within_minutes")
        return ReconnectWithin{std::chrono::minutes(number(fields, "minutes"))};
    if (kind == "summary_months")
        return SummaryMonths{number(fields, "months")};
    return PaymentsOpen{};
}

bool overlap(const Rule& left, const Rule& right) {
    const auto before = [](const Rule& one, const Rule& other) {
        return one.until && other.from && *one.until < *other.from;
    };
    return !before(left, right) && !before(right, left);
}

void check_id(const Fields& fields, const Rule& rule, const Pack& pack) {
    const auto own = own_holds();
    if (std::find(own.begin(), own.end(), rule.id) != own.end())
        fields.add(fields.place_of("id"), quoted(rule.id) + " is what the program calls a hold");
    for (const auto& other : pack.rules) {
        if (rule.id.empty() || other.id != rule.id || !overlap(rule, other))
            continue;
        fields.add(
            fields.place_of("id"),
            "two rules " + quoted(rule.id) + " hold at the same time",
            "end one with until = DATE and begin the other with from = DATE"
        );
        return;
    }
}

Rule read_rule(const Fields& fields, const Pack& pack) {
    const auto kind = fields.text("kind");
    check_keys(fields, kind);
    Rule rule;
    rule.id = fields.text("id");
    rule.figures = read_figures(fields, kind, pack);
    rule.citation = fields.text("citation");
    rule.mark = parse_mark(fields.text("mark")).value_or(Mark::unsure);
    rule.text = fields.text("text");
    rule.residential = fields.flag("residential").value_or(false);
    rule.from = fields.date("from");
    rule.until = fields.date("until");
    if (rule.from && rule.until && *rule.until < *rule.from)
        fields.add(fields.place_of("until"), "the rule ends before it begins");
    check_id(fields, rule, pack);
    return rule;
}

}  // namespace

void read_rules(const Fields& root, Pack& pack) {
    const auto tables = root.list("rule");
    if (root.node("rule") != nullptr && tables.empty())
        root.add(root.place_of("rule"), "the pack has no rule");
    if (tables.size() > most_rules) {
        root.add(tables[most_rules]->place, "there are more than 1000 rules");
        return;
    }
    for (const auto* table : tables)
        pack.rules.push_back(read_rule(root.open(*table, "rule"), pack));
}

}  // namespace usagectl::rules
