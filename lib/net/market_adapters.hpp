// SPDX-License-Identifier: MIT
// The two shapes of service behind make_market(); see there.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "net/market_profile.hpp"
#include "net/market_session.hpp"
#include "net/market_status.hpp"

namespace usagectl::net {

[[nodiscard]] std::unique_ptr<market::Market> make_rest_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
);
[[nodiscard]] std::unique_ptr<market::Market> make_portal_market(
    const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone
);

// Asks whether the power is on: the same question on both services, about what `about` makes of the
// meter. Without an address for it, `market_refused` (4), nothing is asked and `about` not called.
[[nodiscard]] market::Outcome<market::PowerStatus> ask_power_status(
    const MarketProfile& profile,
    MarketSession& session,
    const market::Subject& subject,
    const Reading& reading,
    const std::function<market::Outcome<std::string>()>& about
);

}  // namespace usagectl::net
