// SPDX-License-Identifier: MIT
// The packs the program carries keep what they promise.
#include <algorithm>
#include <set>

#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::rules;

TEST_CASE("every built-in pack is read, bears its file's name and passes its own cases") {
    REQUIRE(built_in_packs().size() == 2);
    for (const auto& [name, text] : built_in_packs()) {
        CAPTURE(name);
        const auto file = test::file_of(std::string(text));
        CHECK(file.pack.name == name);
        for (const auto& result : run_cases(file.pack, file.cases)) {
            CAPTURE(result.of->name);
            CHECK(verdict_text(result.got) == verdict_text(result.of->held_by));
            CHECK(result.passed());
        }
    }
}

TEST_CASE("every rule of a built-in pack that can hold is shown to, and every pack to allow") {
    const std::set<std::string_view> silent{"reconnect_within_minutes", "summary_months"};
    for (const auto& [name, text] : built_in_packs()) {
        const auto file = test::file_of(std::string(text));
        std::set<std::string> shown;
        bool allowed = false;
        for (const auto& one : file.cases) {
            shown.insert(one.held_by.begin(), one.held_by.end());
            allowed = allowed || one.held_by.empty();
        }
        CHECK(allowed);
        for (const auto& rule : file.pack.rules) {
            CAPTURE(name, rule.id);
            CHECK(shown.count(rule.id) == (silent.count(kind_of(rule)) == 0 ? 1 : 0));
        }
    }
}

TEST_CASE("the built-in packs say what their sources say, and how sure that is") {
    test::Lines lines;
    for (const auto& [name, text] : built_in_packs()) {
        const auto pack = test::file_of(std::string(text)).pack;
        for (const auto& rule : pack.rules) {
            lines.push_back(
                pack.jurisdiction + " " + rule.id + ": " + figures_text(pack, rule) + " (" +
                std::string(to_string(rule.mark)) + ")"
            );
        }
    }
    CHECK(
        lines ==
        test::Lines{
            "TX connection_balance: at most 75.00 USD (verified)",
            "TX disconnection_balance: at most 10.00 USD (verified)",
            "TX low_balance_warning: 1 to 7 days before (secondary)",
            "TX no_weekend: sat, sun (secondary)",
            "TX no_holiday: holidays (secondary)",
            "TX payments_open: payments can be taken (unsure)",
            "TX extreme_cold: cold, its own day (verified)",
            "TX heat_advisory: heat, its own day and 2 after it (verified)",
            "TX protected_customer: critical_care, chronic_condition (verified)",
            "TX reconnect: within 120 minutes (secondary)",
            "TX summary: 12 months (verified)",
            "VA cold_forecast: cold, its own day (verified)",
            "VA heat_forecast: heat, its own day (verified)",
            "VA no_suspension_days: fri, sat, sun, holidays, the day before a holiday"
            " (verified)",
        }
    );
}

TEST_CASE("a built-in pack lists the counties of its state, each once") {
    const auto cities = [](const Pack& pack) {
        return std::count_if(pack.counties.begin(), pack.counties.end(), [](const auto& name) {
            return name.ends_with(" city");
        });
    };
    const auto texas = test::built_in("texas");
    CHECK(texas.counties.size() == 254);
    CHECK(cities(texas) == 0);
    // As gazetteers have them: blanks do not count.
    const auto place = [](const std::string& name) {
        auto key = county_key(name);
        key.erase(std::remove(key.begin(), key.end(), ' '), key.end());
        return key;
    };
    CHECK(std::is_sorted(
        texas.counties.begin(),
        texas.counties.end(),
        [&](const auto& left, const auto& right) { return place(left) < place(right); }
    ));
    const auto virginia = test::built_in("virginia");
    CHECK(virginia.counties.size() == 95 + 38);
    CHECK(cities(virginia) == 38);
    for (const auto* name : {"Harris", "fort bend County", "DEWITT", "Deaf Smith"})
        CHECK(lists_county(texas, name));
    for (const auto* name : {"James City County", "Richmond", "richmond city", "King and Queen"})
        CHECK(lists_county(virginia, name));
    for (const auto* name : {"Hariss", "", "Fairfax"})
        CHECK_FALSE(lists_county(texas, name));
}

TEST_CASE("a case that expects something else fails") {
    const auto file = test::file_of(
        test::head + test::rule("no_sunday", "no_suspension_on", "weekdays = \"sun\"") +
        "[[test]]\nname = \"a Sunday\"\nday = 2026-07-19\nwarned = 2026-07-18\n"
        "expect = \"allowed\"\n"
        "[[test]]\nname = \"a Monday\"\nday = 2026-07-20\nwarned = 2026-07-18\n"
        "expect = \"held\"\nheld_by = [\"no_sunday\"]\n"
    );
    const auto results = run_cases(file.pack, file.cases);
    REQUIRE(results.size() == 2);
    CHECK_FALSE(results[0].passed());
    CHECK(verdict_text(results[0].got) == "held by no_sunday");
    CHECK_FALSE(results[1].passed());
    CHECK(verdict_text(results[1].got) == "allowed");
}
