// SPDX-License-Identifier: MIT
#include "net/market_profile.hpp"

#include <array>

#include "net/market_adapters.hpp"

namespace usagectl::net {
namespace {

constexpr std::array<std::string_view, 2> names{"smt-portal", "smt-rest"};

// The official interface, tokens since 2025: what companies use.
[[nodiscard]] MarketProfile smt_rest() {
    MarketProfile profile;
    profile.name = "smt-rest";
    profile.kind = MarketKind::rest;
    profile.base_url = "https://services.smartmetertexas.net";
    profile.paths.token = "/v2/token/";
    profile.paths.request_read = "/v2/odr/";
    profile.paths.read_status = "/v2/odrstatus/";
    profile.paths.intervals = "/v2/15minintervalreads/";
    return profile;
}

// What the portal's own pages use; not documented, and behind a bot filter.
[[nodiscard]] MarketProfile smt_portal() {
    MarketProfile profile;
    profile.name = "smt-portal";
    profile.kind = MarketKind::portal;
    profile.base_url = "https://www.smartmetertexas.com";
    profile.paths.token = "/commonapi/user/authenticate";
    profile.paths.meters = "/api/meter";
    profile.paths.request_read = "/api/ondemandread";
    profile.paths.read_status = "/api/usage/latestodrread";
    profile.paths.intervals = "/api/adhoc/intervalsynch";
    profile.fields.esi_ids = "ESIID";
    return profile;
}

}  // namespace

std::span<const std::string_view> market_profile_names() {
    return names;
}

std::optional<MarketProfile> market_profile(std::string_view name) {
    if (name == "smt-rest")
        return smt_rest();
    if (name == "smt-portal")
        return smt_portal();
    return {};
}

std::unique_ptr<market::Market>
make_market(const MarketProfile& profile, HttpClient& http, const Clock& clock, const Zone& zone) {
    if (profile.kind == MarketKind::portal)
        return make_portal_market(profile, http, clock, zone);
    return make_rest_market(profile, http, clock, zone);
}

}  // namespace usagectl::net
