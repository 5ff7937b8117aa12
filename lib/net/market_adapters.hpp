// SPDX-License-Identifier: MIT
// The two shapes of service behind make_market(); see there.
#pragma once

#include "net/market_profile.hpp"

namespace usagectl::net {

[[nodiscard]] std::unique_ptr<market::Market> make_rest_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
);
[[nodiscard]] std::unique_ptr<market::Market> make_portal_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
);

// What a market without an address for it answers.
[[nodiscard]] market::Failed no_power_status(const MarketProfile& profile);

}  // namespace usagectl::net
