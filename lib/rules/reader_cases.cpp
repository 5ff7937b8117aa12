// SPDX-License-Identifier: MIT
#include <algorithm>

#include "base/text.hpp"
#include "rules/reader_parts.hpp"

namespace usagectl::rules {

namespace {

constexpr int noon = 12 * 60;
constexpr std::size_t most_cases = 1000;

std::vector<std::string_view> known_holds(const Pack& pack) {
    const auto own = own_holds();
    std::vector<std::string_view> known(own.begin(), own.end());
    for (const auto& rule : pack.rules)
        known.push_back(rule.id);
    return known;
}

void read_emergencies(const Fields& fields, Case& one) {
    for (const auto* table : fields.list("emergency")) {
        const auto emergency = fields.open(*table, "emergency");
        const auto county = emergency.text("county");
        one.emergencies.push_back(
            {one.state,
             county.empty() ? one.county : county,
             emergency.date("day").value_or(LocalDay{}),
             parse_weather(emergency.text("weather")).value_or(Weather::any)}
        );
    }
}

void read_expected(const Fields& fields, const Pack& pack, Case& one) {
    const auto known = known_holds(pack);
    for (const auto* id : fields.list("held_by")) {
        one.held_by.push_back(id->text);
        if (std::find(known.begin(), known.end(), id->text) == known.end()) {
            fields.add(
                id->place,
                "the pack has no rule " + quoted(id->text),
                layout::did_you_mean(id->text, known)
            );
        }
    }
    const auto expect = fields.text("expect");
    if (expect == "held" && !fields.has("held_by")) {
        fields.add(fields.place(), "[test] is held by nothing", "held_by = [\"the rule's id\"]");
    } else if (expect == "allowed" && fields.has("held_by")) {
        fields.add(fields.place_of("held_by"), "what is allowed is held by nothing");
    }
}

Case read_case(const Fields& fields, const Pack& pack) {
    Case one;
    one.name = fields.text("name");
    one.state = fields.has("state") ? fields.text("state") : pack.jurisdiction;
    one.county = fields.text("county");
    auto& facts = one.facts;
    facts.day = fields.date("day").value_or(LocalDay{});
    facts.minute = fields.clock("time").value_or(noon);
    facts.warned_on = fields.date("warned");
    facts.connection_balance = fields.amount("connection");
    facts.disconnection_balance = fields.amount("disconnection");
    facts.payments_open = fields.flag("payments_open");
    facts.residential = fields.flag("residential").value_or(true);
    const auto flags = protections_of(fields, "flags");
    facts.critical_care = flags[static_cast<std::size_t>(Protection::critical_care)];
    facts.chronic_condition = flags[static_cast<std::size_t>(Protection::chronic_condition)];
    facts.medical = flags[static_cast<std::size_t>(Protection::medical)];
    read_emergencies(fields, one);
    read_expected(fields, pack, one);
    return one;
}

}  // namespace

void read_cases(const Fields& root, const Pack& pack, std::vector<Case>& cases) {
    const auto tables = root.list("test");
    if (tables.size() > most_cases) {
        root.add(tables[most_cases]->place, "there are more than 1000 tests");
        return;
    }
    for (const auto* table : tables)
        cases.push_back(read_case(root.open(*table, "test"), pack));
}

}  // namespace usagectl::rules
