// SPDX-License-Identifier: MIT
// A market over a scripted connection, ready to be asked.
#pragma once

#include <memory>
#include <string>

#include "market/scripted_client.hpp"
#include "net/market_json.hpp"
#include "net/market_profile.hpp"

namespace usagectl::test {

inline const std::string esi_id = "10443720000000001";

struct Adapter {
    explicit Adapter(std::string_view profile_name, std::string_view now = "2026-06-01T17:00:00Z")
        : clock(now)
        , profile(net::market_profile(profile_name).value()) {
        profile.user = "OPS";
        profile.password = Secret("correct horse");
        profile.duns = "123456789";
        profile.requestor_id = "ACME";
    }

    market::Market& market() {
        if (!made)
            made = net::make_market(profile, http, clock, zone);
        return *made;
    }
    // What was sent in request `at`, as JSON.
    net::Json sent(std::size_t at) const {
        return net::parse_json(http.requests.at(at).body.reveal()).value();
    }

    ScriptedClient http;
    MovedClock clock;
    const Zone& zone = *Zone::find("America/Chicago").value();
    net::MarketProfile profile;
    std::unique_ptr<market::Market> made;
    market::Subject subject{esi_id, "123456789"};
};

}  // namespace usagectl::test
