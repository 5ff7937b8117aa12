// SPDX-License-Identifier: MIT
#include "app/counties.hpp"

#include <algorithm>
#include <vector>

#include "base/text.hpp"
#include "rules/judge.hpp"

namespace usagectl::app {

CountyFound find_county(const RulePacks& packs, std::string_view state, std::string_view county) {
    std::vector<std::string_view> known;
    for (const auto& loaded : packs.all()) {
        const auto& pack = loaded.file.pack;
        if (!rules::same_state(pack.jurisdiction, state))
            continue;
        if (rules::lists_county(pack, county))
            return {CountyIs::listed};
        known.insert(known.end(), pack.counties.begin(), pack.counties.end());
    }
    if (known.empty())
        return {CountyIs::untold, "no rule pack lists the counties of " + std::string(state)};
    const auto close = nearest(county, known, 1);
    return {
        CountyIs::missing,
        "no rule pack of " + std::string(state) + " knows the county " + quoted(county) +
            ", and emergencies go by its name",
        close.empty() ? std::string() : std::string(close.front())};
}

bool county_has_accounts(Store& store, std::string_view state, std::string_view county) {
    const auto key = rules::county_key(county);
    const auto places = store.accounts().counties();
    return std::any_of(places.begin(), places.end(), [&](const CountyOfAccounts& place) {
        return rules::same_state(place.state, state) && rules::county_key(place.county) == key;
    });
}

}  // namespace usagectl::app
