// SPDX-License-Identifier: MIT
#include "app/account_limits.hpp"

#include "base/assert.hpp"

namespace usagectl::app {

namespace {

Result<void> check_rules(const Limits& limits, const std::string& name, const RulePacks* packs) {
    USAGECTL_ASSERT(packs != nullptr);
    const auto pack = packs->get(name);
    if (!pack)
        return tl::unexpected(pack.error());
    const rules::Thresholds asked{limits.thresholds.connection, limits.thresholds.disconnection};
    const auto holds = rules::check_thresholds((*pack)->file.pack, limits.day, asked);
    if (holds.empty())
        return {};
    const auto& first = holds.front();
    auto message = first.text;
    if (!first.citation.empty())
        message += " (" + first.citation + ")";
    return refuse(
        Exit::refused,
        "balance_against_rules",
        std::move(message),
        "rule " + first.id + " of pack " + name + ": usagectl rules show " + name + " shows it"
    );
}

}  // namespace

Result<void> check_limits(const Limits& limits, const Prepay& prepay, const RulePacks* packs) {
    const auto& thresholds = limits.thresholds;
    if (auto ordered = account::check_thresholds(thresholds); !ordered)
        return ordered;
    if (thresholds.low < prepay.low_floor) {
        return refuse(
            Exit::refused,
            "low_balance_below_floor",
            "a low balance of " + format_money(thresholds.low) +
                " would come too late: the utility warns at " + format_money(prepay.low_floor) +
                " at the latest",
            "give --low-balance " + format_money(prepay.low_floor) + " or more"
        );
    }
    const auto& name = limits.rule_pack.empty() ? prepay.rule_pack : limits.rule_pack;
    return name.empty() ? Result<void>() : check_rules(limits, name, packs);
}

}  // namespace usagectl::app
