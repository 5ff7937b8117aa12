// SPDX-License-Identifier: MIT
// What the utility has settled for all its prepay accounts: read from the configuration, handed to
// every use case that needs it.
#pragma once

#include <cstdint>
#include <string>

#include "account/types.hpp"

namespace usagectl::app {

struct Prepay {
    std::string currency = "USD";          // ISO 4217; every tariff of an account must be in it
    std::string timezone;                  // of accounts without a meter
    account::Thresholds defaults;          // of accounts that set none of their own
    Money low_floor;                       // no account is told later than at this balance
    std::int64_t reconnect_minutes = 120;  // a reconnect order is due after
    bool payments_open = true;             // whether customers can pay at this time
    std::string rule_pack;                 // of accounts that name none
    bool recharge_orders = false;          // meters hold the credit: the field hears of payments
};

}  // namespace usagectl::app
