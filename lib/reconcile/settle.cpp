// SPDX-License-Identifier: MIT
#include "reconcile/settle.hpp"

#include "ledger/chart.hpp"

namespace usagectl::reconcile {

namespace {

// Where a part's difference goes; PCA has two places and is not asked for.
std::string code_of(Part part) {
    constexpr std::string_view name = "true_up";
    switch (part) {
    case Part::energy:
        return ledger::revenue("energy", name);
    case Part::delivery:
        return ledger::revenue("delivery", name);
    case Part::base:
        return ledger::revenue("fixed", name);
    case Part::taxes:
        return ledger::tax("legacy", name);
    case Part::unbilled:
        return std::string(ledger::unbilled);
    case Part::pca:
    case Part::additional:
        break;
    }
    return std::string(ledger::true_up);
}

}  // namespace

std::vector<Side> settle(const Figures& actual, const Figures& estimated) {
    std::vector<Side> sides;
    const auto add = [&](std::string code, Money amount) {
        if (amount != Money())
            sides.push_back({std::move(code), amount});
    };
    for (const auto part : all_parts) {
        if (part == Part::pca) {
            add(std::string(ledger::pca_clearing), estimated[part]);
            add(ledger::revenue("pca", "actual"), -actual[part]);
            continue;
        }
        add(code_of(part), estimated[part] - actual[part]);
    }
    return sides;
}

}  // namespace usagectl::reconcile
