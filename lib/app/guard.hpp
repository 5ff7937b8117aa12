// SPDX-License-Identifier: MIT
// Whether the rules let an account be suspended at this moment. What is not known holds.
#pragma once

#include <string>

#include "app/account_change.hpp"
#include "app/emergencies.hpp"
#include "app/rules.hpp"
#include "rules/judge.hpp"

namespace usagectl::app {

// An account at a moment; what it is made of is borrowed.
struct AccountNow {
    const KnownAccount& known;
    const account::Standing& standing;
    const Zone& zone;
    Instant now{};

    [[nodiscard]] static AccountNow of(const AccountChange& change) {
        return {change.known(), change.standing(), change.zone(), change.now()};
    }
    [[nodiscard]] LocalDay today() const { return zone.day_of(now); }
};

// Judges by the account's own rule pack, else the configured one. The warning that counts is the
// last one of a day before today: one that is written tonight has warned nobody yet. `emergencies`
// serves a whole run.
[[nodiscard]] rules::Verdict judge_suspension_of(
    Store& store,
    const AccountNow& account,
    const RulePacks& packs,
    const Prepay& prepay,
    CountyEmergencies& emergencies
);

// The ids of the rules that hold, with commas between; empty: it is allowed.
[[nodiscard]] std::string held_by(const rules::Verdict& verdict);

}  // namespace usagectl::app
