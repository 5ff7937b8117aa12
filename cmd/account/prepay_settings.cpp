// SPDX-License-Identifier: MIT
#include "account/prepay_settings.hpp"

#include "rules/pack_files.hpp"

namespace usagectl {

app::Prepay prepay_of(const cli::Settings& settings) {
    app::Prepay prepay;
    prepay.currency = settings.text("prepay.currency");
    prepay.timezone = settings.text("timezone");
    prepay.defaults = {
        settings.money("prepay.connection_balance"),
        settings.money("prepay.disconnection_balance"),
        settings.money("prepay.grace_balance"),
        settings.money("prepay.low_balance"),
    };
    prepay.low_floor = settings.money("prepay.low_balance_floor");
    prepay.reconnect_minutes = settings.integer("prepay.reconnect_minutes");
    prepay.payments_open = settings.boolean("prepay.payments_open");
    prepay.rule_pack = settings.text("rules.pack");
    prepay.recharge_orders = settings.boolean("orders.recharge");
    return prepay;
}

std::optional<app::RulePacks>
packs_for(const cli::Context& context, const app::Prepay& prepay, const std::string& rule_pack) {
    if (prepay.rule_pack.empty() && rule_pack.empty())
        return std::nullopt;
    return rule_packs(context);
}

}  // namespace usagectl
