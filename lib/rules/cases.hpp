// SPDX-License-Identifier: MIT
// The cases a pack brings to prove itself: facts, and the verdict they must come to.
#pragma once

#include <string>
#include <vector>

#include "rules/judge.hpp"
#include "rules/types.hpp"

namespace usagectl::rules {

// `facts` borrows nothing: county, state and emergencies are set from the fields beside it.
struct Case {
    std::string name;
    Facts facts;
    std::string county;
    std::string state;
    std::vector<Emergency> emergencies;
    std::vector<std::string> held_by;  // ids in the order of the verdict; empty: allowed
};

struct CaseResult {
    const Case* of = nullptr;
    std::vector<std::string> got;  // ids of the holds
    [[nodiscard]] bool passed() const { return got == of->held_by; }
};

// Judges every case; the results point into `cases`.
[[nodiscard]] std::vector<CaseResult> run_cases(const Pack& pack, const std::vector<Case>& cases);

// "allowed", or "held by no_weekend, payments_open".
[[nodiscard]] std::string verdict_text(const std::vector<std::string>& held_by);

}  // namespace usagectl::rules
