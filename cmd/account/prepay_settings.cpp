// SPDX-License-Identifier: MIT
#include "account/prepay_settings.hpp"

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
    return prepay;
}

}  // namespace usagectl
