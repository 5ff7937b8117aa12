// SPDX-License-Identifier: MIT
// What holds a suspension, and until when.
#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::rules;
using test::facts_of;
using test::judged;
using test::Lines;

TEST_CASE("what the pack does not forbid is allowed") {
    CHECK(judged(test::built_in("texas"), facts_of()) == Lines{});
    CHECK(
        judged(test::pack_of(test::rule("r", "summary_months", "months = 12")), facts_of()).empty()
    );
}

TEST_CASE("without a pack, or one in force, everything is held") {
    CHECK(test::held(judge_suspension(nullptr, facts_of()).holds) == Lines{"no_rule_pack"});
    const auto pack = test::built_in("texas");
    CHECK(judge_suspension(&pack, facts_of()).allowed());
    CHECK(
        judged(pack, facts_of("2011-09-30")) == Lines{"pack_not_in_force until 2011-10-01 00:00"}
    );
    CHECK(judged(pack, facts_of("2011-10-03")) == Lines{});
    auto ended = pack;
    ended.until = test::date("2026-07-14");
    CHECK(judged(ended, facts_of()) == Lines{"pack_not_in_force"});
    ended.until = test::date("2026-07-15");
    CHECK(judged(ended, facts_of()) == Lines{});
}

TEST_CASE("what is not known is held by a name of its own") {
    const auto pack = test::built_in("texas");
    auto facts = facts_of();
    facts.warned_on.reset();
    CHECK(judged(pack, facts) == Lines{"no_warning_given"});
    CHECK(judge_suspension(pack, facts).holds[0].rule == "low_balance_warning");
    // The customer is warned whether a rule says so or not.
    CHECK(
        judged(test::pack_of(test::rule("r", "summary_months", "months = 1")), facts) ==
        Lines{"no_warning_given"}
    );

    facts = facts_of();
    facts.county = " ";
    CHECK(judged(pack, facts) == Lines{"county_unknown"});
    facts = facts_of();
    facts.state = "";
    CHECK(judged(pack, facts) == Lines{"state_unknown"});
    facts.state = "VA";
    CHECK(judged(pack, facts) == Lines{"state_not_covered"});
    facts.state = "tx";
    CHECK(judged(pack, facts) == Lines{});
    facts.payments_open.reset();
    CHECK(judged(pack, facts) == Lines{"payments_unknown"});
    facts = facts_of();
    facts.connection_balance.reset();
    facts.disconnection_balance.reset();
    CHECK(judged(pack, facts) == Lines{"balance_unknown"});
    facts = facts_of();
    facts.medical = true;
    CHECK(judged(pack, facts) == Lines{"protection_unknown"});
    for (const int minute : {-1, 1440}) {
        facts = facts_of();
        facts.minute = minute;
        CHECK(judged(pack, facts) == Lines{"time_unknown"});
    }
}

TEST_CASE("holds come in the order of the pack, with what the rule says") {
    auto facts = facts_of("2026-07-18");
    facts.warned_on = facts.day;
    facts.critical_care = true;
    facts.payments_open = false;
    const auto verdict = judge_suspension(test::built_in("texas"), facts);
    CHECK(
        test::held(verdict.holds) ==
        Lines{
            "low_balance_warning until 2026-07-19 00:00",
            "no_weekend until 2026-07-20 00:00",
            "payments_open",
            "protected_customer",
        }
    );
    const auto& hold = verdict.holds.back();
    CHECK(hold.rule == "protected_customer");
    CHECK(hold.citation == "16 TAC §25.498(k)");
    CHECK(hold.mark == Mark::verified);
    CHECK(hold.text.find("chronic condition") != std::string::npos);
}

TEST_CASE("a warning counts from its first to its last day") {
    const auto pack = test::built_in("texas");
    auto facts = facts_of();
    const auto days_before = [&](int days) {
        facts.warned_on = facts.day - std::chrono::days(days);
        return judged(pack, facts);
    };
    CHECK(days_before(-1) == Lines{"low_balance_warning until 2026-07-17 00:00"});
    CHECK(days_before(0) == Lines{"low_balance_warning until 2026-07-16 00:00"});
    CHECK(days_before(1) == Lines{});
    CHECK(days_before(7) == Lines{});
    // A new warning is needed: no day can be named.
    CHECK(days_before(8) == Lines{"low_balance_warning"});
}

TEST_CASE("hours let go at the earliest time of this day or the next") {
    const auto pack =
        test::pack_of(test::rule("hours", "hours", "earliest = \"08:00\"\nlatest = \"16:30\""));
    auto facts = facts_of();
    const auto at = [&](int hour, int minute) {
        facts.minute = hour * 60 + minute;
        return judged(pack, facts);
    };
    CHECK(at(7, 59) == Lines{"hours until 2026-07-15 08:00"});
    CHECK(at(8, 0) == Lines{});
    CHECK(at(16, 30) == Lines{});
    CHECK(at(16, 31) == Lines{"hours until 2026-07-16 08:00"});
}

TEST_CASE("a run of forbidden days ends with the first that is not") {
    const auto pack = test::built_in("virginia");
    auto facts = facts_of("2027-12-23");
    facts.state = "VA";
    // Thursday before Christmas kept on Friday, the weekend, and Monday to Thursday are free but
    // for New Year's Eve, itself the holiday of a Saturday, and the day before it.
    CHECK(judged(pack, facts) == Lines{"no_suspension_days until 2027-12-27 00:00"});
    facts = facts_of("2027-12-30");
    facts.state = "VA";
    CHECK(judged(pack, facts) == Lines{"no_suspension_days until 2028-01-03 00:00"});

    const auto always = test::pack_of(test::rule(
        "never",
        "no_suspension_on",
        "weekdays = [\"mon\", \"tue\", \"wed\", \"thu\", \"fri\", \"sat\", \"sun\"]"
    ));
    CHECK(judged(always, facts_of()) == Lines{"never"});
}

TEST_CASE("an emergency holds its county on its day and the days it looks back") {
    const auto pack = test::built_in("texas");
    auto facts = facts_of();
    std::vector<Emergency> entered;
    const auto with = [&](std::vector<Emergency> emergencies) {
        entered = std::move(emergencies);
        facts.emergencies = entered;
        return judged(pack, facts);
    };
    const auto heat = [](const char* day, const char* county = "Harris", const char* state = "TX") {
        return Emergency{state, county, test::date(day), Weather::heat};
    };
    CHECK(with({heat("2026-07-15")}) == Lines{"heat_advisory until 2026-07-18 00:00"});
    CHECK(with({heat("2026-07-14")}) == Lines{"heat_advisory until 2026-07-17 00:00"});
    CHECK(with({heat("2026-07-13")}) == Lines{"heat_advisory until 2026-07-16 00:00"});
    CHECK(with({heat("2026-07-12")}) == Lines{});
    CHECK(with({heat("2026-07-16")}) == Lines{});
    // One that begins before the other lets go prolongs it, in whatever order they were entered.
    CHECK(
        with({heat("2026-07-18"), heat("2026-07-15"), heat("2026-07-22")}) ==
        Lines{"heat_advisory until 2026-07-21 00:00"}
    );
    CHECK(
        with({heat("2026-07-15", "HARRIS  county")}) ==
        Lines{"heat_advisory until 2026-07-18 00:00"}
    );
    CHECK(with({heat("2026-07-15", "Harrison")}) == Lines{});
    CHECK(with({heat("2026-07-15", "Harris", "AR")}) == Lines{});
    CHECK(with({heat("2026-07-15", "Harris", "tx")}) != Lines{});
    CHECK(
        with({{"TX", "Harris", facts.day, Weather::cold}}) ==
        Lines{"extreme_cold until 2026-07-16 00:00"}
    );
    CHECK(
        with({{"TX", "Harris", facts.day, Weather::any}}) ==
        Lines{"extreme_cold until 2026-07-16 00:00", "heat_advisory until 2026-07-18 00:00"}
    );
}

TEST_CASE("a rule holds from its first to its last day") {
    const auto pack = test::pack_of(
        test::rule("p", "protected_customer", "protects = \"medical\"\nuntil = 2026-07-14") +
        test::rule("p", "protected_customer", "protects = \"critical_care\"\nfrom = 2026-07-15")
    );
    auto facts = facts_of("2026-07-14");
    facts.medical = true;
    CHECK(judged(pack, facts) == Lines{"p until 2026-07-15 00:00"});
    facts.day = test::date("2026-07-15");
    CHECK(judged(pack, facts) == Lines{"protection_unknown"});
    facts.medical = false;
    facts.critical_care = true;
    CHECK(judged(pack, facts) == Lines{"p"});
}

TEST_CASE("the figures an account is set up with are checked") {
    const auto pack = test::built_in("texas");
    const auto day = test::date("2026-07-15");
    const auto check = [&](std::int64_t connection, std::int64_t disconnection, bool home = true) {
        return test::held(check_thresholds(
            pack, day, {Money::from_cents(connection), Money::from_cents(disconnection), home}
        ));
    };
    CHECK(check(7500, 1000) == Lines{});
    CHECK(check(7501, 1000) == Lines{"connection_balance"});
    CHECK(check(7500, 1001) == Lines{"disconnection_balance"});
    CHECK(check(7501, 1001) == Lines{"connection_balance", "disconnection_balance"});
    CHECK(check(20000, 5000, false) == Lines{});
    CHECK(
        test::held(check_thresholds(pack, test::date("2011-01-01"), {})) ==
        Lines{"pack_not_in_force until 2011-10-01 00:00"}
    );
}

TEST_CASE("what binds whoever reconnects and answers can be asked for") {
    const auto pack = test::built_in("texas");
    const auto day = test::date("2026-07-15");
    CHECK(reconnect_deadline(pack, day) == std::chrono::minutes(120));
    CHECK(summary_months(pack, day) == 12);
    CHECK_FALSE(reconnect_deadline(pack, test::date("2011-01-01")));
    CHECK_FALSE(summary_months(pack, test::date("2011-01-01")));
    CHECK_FALSE(reconnect_deadline(test::built_in("virginia"), day));
    const auto two = test::pack_of(
        test::rule("a", "reconnect_within_minutes", "minutes = 90") +
        test::rule("b", "reconnect_within_minutes", "minutes = 60\nresidential = true")
    );
    CHECK(reconnect_deadline(two, day) == std::chrono::minutes(60));
    CHECK(reconnect_deadline(two, day, false) == std::chrono::minutes(90));
}

TEST_CASE("a county is compared without case, blanks and the word behind it") {
    CHECK(county_key("Harris") == "harris");
    CHECK(county_key("  Fort   Bend COUNTY ") == "fort bend");
    CHECK(county_key("Richmond city") == "richmond city");
    CHECK(county_key("County") == "county");
    CHECK(county_key(" \t") == "");
}
