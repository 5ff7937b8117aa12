// SPDX-License-Identifier: MIT
// Whether the rules let an account be suspended at this moment. What is not known holds.
#pragma once

#include <string>

#include "app/account_change.hpp"
#include "app/rules.hpp"
#include "rules/judge.hpp"

namespace usagectl::app {

// Judges by the account's own rule pack, else the configured one. The warning that counts is the
// last one of a day before today: one that is written tonight has warned nobody yet.
[[nodiscard]] rules::Verdict judge_suspension_of(
    Store& store, const AccountChange& change, const RulePacks& packs, const Prepay& prepay
);

// The ids of the rules that hold, with commas between; empty: it is allowed.
[[nodiscard]] std::string held_by(const rules::Verdict& verdict);

}  // namespace usagectl::app
