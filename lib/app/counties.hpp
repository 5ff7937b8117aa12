// SPDX-License-Identifier: MIT
// Whether a county is one: emergencies protect by its name, and a misspelled one protects nobody.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/rules.hpp"
#include "app/store.hpp"

namespace usagectl::app {

enum class CountyIs : std::uint8_t {
    listed,   // a pack of the state lists it
    missing,  // packs of the state list counties, and not this one
    untold,   // no pack of the state lists any
};
struct CountyFound {
    CountyIs is = CountyIs::untold;
    // For people: what is not known, and what may have been meant. Both may be empty.
    std::string doubt = {};
    std::string meant = {};
    [[nodiscard]] std::string sentence() const {
        return doubt + (meant.empty() ? "" : "; did you mean " + meant + "?");
    }
};
// `state` is two letters in any case; names are compared by rules::county_key().
[[nodiscard]] CountyFound
find_county(const RulePacks& packs, std::string_view state, std::string_view county);

// An account that is not closed has it in its address.
[[nodiscard]] bool
county_has_accounts(Store& store, std::string_view state, std::string_view county);

}  // namespace usagectl::app
