// SPDX-License-Identifier: MIT
// What the utility has settled for its prepaid cards, and what commands about them share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"
#include "base/zone.hpp"

namespace usagectl::app {

struct CardRules {
    std::string currency = "USD";
    std::string timezone;  // of expiry dates and of the house's entries
    std::int64_t pin_digits = 14;
    card::HashCost cost;  // of new cards; and of looking for one that is not there
    card::LockRules locks;
    std::optional<Money> second_person_above;  // face value put on sale by one person alone
};

[[nodiscard]] Error unknown_batch(std::string_view name);
[[nodiscard]] Error unknown_card(const card::Serial& serial);
[[nodiscard]] Error unknown_agent(std::string_view id);

// The day it is where the cards' rules are kept.
[[nodiscard]] LocalDay card_day(const CardRules& rules, Instant at);

// count times value. Error `amount_out_of_range` (4) beyond 10^9 units of the currency.
[[nodiscard]] Result<Money> face_of(std::int64_t cards, Money value);

// A batch that can be moved: it is there, and all its cards are made. Errors: `batch_unknown` (3),
// `batch_unfinished` (4).
[[nodiscard]] Result<card::Batch> batch_at_hand(Store& store, std::string_view name);

}  // namespace usagectl::app
