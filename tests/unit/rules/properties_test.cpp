// SPDX-License-Identifier: MIT
// What holds for every account on every day: knowing more dangers, or less about the account, never
// lets a suspension through.
#include <algorithm>
#include <set>

#include <rapidcheck.h>

#include "fixture.hpp"

using namespace usagectl;
using namespace usagectl::rules;
using std::chrono::days;

namespace {

// The rules of both states under one roof, and hours.
const Pack& pack() {
    static const auto made = [] {
        auto all = test::built_in("texas");
        const auto other = test::built_in("virginia");
        all.rules.insert(all.rules.end(), other.rules.begin(), other.rules.end());
        const auto hours =
            test::pack_of(test::rule("hours", "hours", "earliest = \"08:00\"\nlatest = \"16:30\""));
        all.rules.push_back(hours.rules.front());
        return all;
    }();
    return made;
}

const std::array<const char*, 4> counties{"Harris", "HARRIS county", "Travis", ""};
const std::array<const char*, 3> states{"TX", "VA", ""};

template <class T, std::size_t n>
T any_of(const std::array<T, n>& values) {
    return *rc::gen::elementOf(values);
}

LocalDay near(LocalDay day, int before, int after) {
    return day + days(*rc::gen::inRange(-before, after + 1));
}

Emergency any_emergency(LocalDay around) {
    return {
        any_of(states),
        any_of(counties),
        near(around, 4, 4),
        static_cast<Weather>(*rc::gen::inRange(0, 3))};
}

// Facts of an account most of which would pass, and what they borrow.
struct Known {
    Facts facts;
    std::vector<Emergency> emergencies;

    [[nodiscard]] Verdict judge() {
        facts.emergencies = emergencies;
        return judge_suspension(pack(), facts);
    }
};

Known any_facts() {
    const auto rarely = [] { return *rc::gen::weightedElement<bool>({{1, true}, {7, false}}); };
    Known known;
    auto& facts = known.facts;
    facts = test::facts_of();
    facts.day = near(test::date("2026-07-01"), 400, 400);
    facts.warned_on = near(facts.day, 9, 0);
    facts.minute = *rc::gen::inRange(8 * 60 - 10, 17 * 60);
    facts.residential = !rarely();
    facts.critical_care = rarely();
    facts.medical = rarely();
    facts.county = rarely() ? any_of(counties) : "Harris";
    facts.connection_balance = Money::from_cents(rarely() ? 9000 : 5000);
    facts.payments_open = !rarely();
    for (int left = *rc::gen::weightedElement<int>({{3, 0}, {1, 1}, {1, 3}}); left > 0; --left)
        known.emergencies.push_back(any_emergency(facts.day));
    return known;
}

std::set<std::string> ids(const Verdict& verdict) {
    std::set<std::string> found;
    for (const auto& hold : verdict.holds)
        found.insert(hold.id);
    return found;
}

bool includes(const Verdict& more, const Verdict& less) {
    const auto all = ids(more);
    const auto some = ids(less);
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

}  // namespace

TEST_CASE("an emergency more never lets go of anything") {
    CHECK(rc::check([] {
        auto known = any_facts();
        const auto before = known.judge();
        const auto at = *rc::gen::inRange<std::size_t>(0, known.emergencies.size() + 1);
        known.emergencies.insert(
            known.emergencies.begin() + static_cast<std::ptrdiff_t>(at),
            any_emergency(known.facts.day)
        );
        const auto after = known.judge();
        RC_ASSERT(includes(after, before));
        for (const auto& hold : before.holds) {
            const auto same =
                std::find_if(after.holds.begin(), after.holds.end(), [&](const Hold& h) {
                    return h.id == hold.id;
                });
            RC_ASSERT(!hold.until || (same->until && *same->until >= *hold.until));
        }
        RC_CLASSIFY(before.allowed());
    }));
}

TEST_CASE("a flag more never lets go of anything") {
    CHECK(rc::check([] {
        auto known = any_facts();
        const auto before = known.judge();
        bool Facts::*const flags[]{
            &Facts::critical_care, &Facts::chronic_condition, &Facts::medical};
        known.facts.*flags[*rc::gen::inRange(0, 3)] = true;
        const auto after = known.judge();
        RC_ASSERT(includes(after, before));
        RC_ASSERT(!after.allowed());
    }));
}

TEST_CASE("knowing less never lets a suspension through") {
    CHECK(rc::check([] {
        auto known = any_facts();
        const auto before = known.judge();
        auto& facts = known.facts;
        switch (*rc::gen::inRange(0, 6)) {
        case 0:
            facts.county = {};
            break;
        case 1:
            facts.state = {};
            break;
        case 2:
            facts.warned_on.reset();
            break;
        case 3:
            facts.payments_open.reset();
            break;
        case 4:
            facts.connection_balance.reset();
            facts.residential = true;
            break;
        default:
            facts.disconnection_balance.reset();
            facts.residential = true;
        }
        RC_ASSERT(!known.judge().allowed());
        RC_CLASSIFY(before.allowed());
    }));
}

TEST_CASE("a hold lets go at its time and not a minute before") {
    CHECK(rc::check([] {
        auto known = any_facts();
        const auto verdict = known.judge();
        for (const auto& hold : verdict.holds) {
            if (!hold.until)
                continue;
            auto later = known;
            const auto day = std::chrono::floor<days>(*hold.until);
            later.facts.day = day;
            later.facts.minute = static_cast<int>((*hold.until - day) / std::chrono::minutes(1));
            RC_ASSERT(ids(later.judge()).count(hold.id) == 0);
            if (later.facts.minute == 0)
                later.facts.day -= days(1);
            later.facts.minute = (later.facts.minute + 1439) % 1440;
            RC_ASSERT(ids(later.judge()).count(hold.id) == 1);
        }
        RC_CLASSIFY(verdict.holds.empty());
    }));
}
