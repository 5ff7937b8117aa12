// SPDX-License-Identifier: MIT
// A market's read service as data: where it is, how it wants to be asked, who asks. Two shapes of
// service are known, both of Smart Meter Texas: the official REST interface for companies, and the
// one behind its portal. Another market of either shape is another profile.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/secret.hpp"
#include "base/zone.hpp"
#include "market/market.hpp"
#include "net/http.hpp"

namespace usagectl::net {

enum class MarketKind : std::uint8_t { rest, portal };
// bearer: user and password are exchanged for a token. basic: they go with every request.
enum class MarketAuth : std::uint8_t { bearer, basic };

// Below the base URL; each begins with a slash. An empty one is a thing this market does not do.
struct MarketPaths {
    std::string token;
    std::string meters;  // lists the user's meters: where a meter number not known here is found
    std::string request_read;
    std::string read_status;
    std::string intervals;
    std::string power_status;  // empty in both profiles: no public text tells it
};

// Names of fields in what is sent. In answers the names of both services are understood.
struct MarketFields {
    std::string user = "username";
    std::string password = "password";
    std::string esi_id = "ESIID";   // of one meter
    std::string esi_ids = "esiid";  // of a list
    std::string meter_number = "MeterNumber";
    std::string trans_id = "trans_id";
    std::string correlation_id = "correlationId";
};

struct MarketProfile {
    std::string name;  // in messages: "smt-rest"
    MarketKind kind = MarketKind::rest;
    MarketAuth auth = MarketAuth::bearer;
    std::string base_url;  // https://host[:port][/path], with or without a slash at its end
    MarketPaths paths;
    MarketFields fields;

    std::string user;
    Secret password;
    std::string requestor_id;            // requestorID; the user when empty
    std::string requester_type = "REP";  // RES, BUSINESS, REP, CSP or TDSP
    std::string duns;                    // requesterAuthenticationID

    std::chrono::milliseconds total{30'000};             // for one request
    std::chrono::milliseconds intervals_total{120'000};  // for one that fetches intervals
    std::chrono::seconds token_life{900};  // where the answer does not tell; the portal's does not
};

// "smt-portal", "smt-rest".
[[nodiscard]] std::span<const std::string_view> market_profile_names();
// A built-in profile, without user and password; none of that name: nothing.
[[nodiscard]] std::optional<MarketProfile> market_profile(std::string_view name);

// `zone` is the market's: its dates are local to it. `clock` tells when a token has expired and
// which of two repeated local hours a read was in. http, clock and zone outlive the market. Safe to
// use from several threads when `http` is: the token is shared, and fetched by one of them.
[[nodiscard]] std::unique_ptr<market::Market>
make_market(const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone);

}  // namespace usagectl::net
