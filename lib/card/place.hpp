// SPDX-License-Identifier: MIT
// Where the cards of a batch are: each of them in exactly one place, from the day it is made
// (source: US 8,095,475, figure 10, step 236: cards are added to the inventory).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "card/card.hpp"

namespace usagectl::card {

enum class Place : std::uint8_t {
    stock,    // made, printed or received: the utility has them, or its printer
    shipped,  // with an agent, not on sale
    active,   // on sale: their worth is a liability
    used,
    voided,
    expired,
};
inline constexpr std::array places{
    Place::stock, Place::shipped, Place::active, Place::used, Place::voided, Place::expired};
[[nodiscard]] std::string_view to_string(Place place);  // "void" for voided

// Cards of one batch in one state.
struct CardsIn {
    CardState state = CardState::inactive;
    std::optional<CardState> frozen_from;
    std::int64_t cards = 0;
};

// What is frozen is where it was when it was frozen. None: the card's state and its batch's do not
// go together, as a card on sale in a batch that is not.
[[nodiscard]] std::optional<Place> place_of(const CardsIn& cards, const Batch& batch);

// How many cards are where.
class Places {
public:
    void add(const CardsIn& cards, const Batch& batch);
    void add(const Places& other);

    [[nodiscard]] std::int64_t at(Place place) const {
        return cards_.at(static_cast<std::size_t>(place));
    }
    // Of those in stock, shipped and active: held, singly or with their batch.
    [[nodiscard]] std::int64_t held() const { return held_; }
    // In no place: place_of() gives none.
    [[nodiscard]] std::int64_t misplaced() const { return misplaced_; }
    // All that were added.
    [[nodiscard]] std::int64_t cards() const;

private:
    std::array<std::int64_t, places.size()> cards_{};
    std::int64_t held_ = 0;
    std::int64_t misplaced_ = 0;
};

}  // namespace usagectl::card
