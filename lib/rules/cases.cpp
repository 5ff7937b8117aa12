// SPDX-License-Identifier: MIT
#include "rules/cases.hpp"

namespace usagectl::rules {

std::vector<CaseResult> run_cases(const Pack& pack, const std::vector<Case>& cases) {
    std::vector<CaseResult> results;
    for (const auto& one : cases) {
        auto facts = one.facts;
        facts.county = one.county;
        facts.state = one.state;
        facts.emergencies = one.emergencies;
        CaseResult result{&one, {}};
        for (const auto& hold : judge_suspension(pack, facts).holds)
            result.got.push_back(hold.id);
        results.push_back(std::move(result));
    }
    return results;
}

std::string verdict_text(const std::vector<std::string>& held_by) {
    std::string text;
    for (const auto& id : held_by)
        text += (text.empty() ? "held by " : ", ") + id;
    return text.empty() ? "allowed" : text;
}

}  // namespace usagectl::rules
