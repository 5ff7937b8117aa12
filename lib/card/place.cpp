// SPDX-License-Identifier: MIT
#include "card/place.hpp"

#include <numeric>

#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<Place::expired> words{"stock", "shipped", "active", "used", "void", "expired"};

std::optional<Place> before_sale(BatchState batch) {
    switch (batch) {
    case BatchState::generated:
    case BatchState::printed:
    case BatchState::received:
        return Place::stock;
    case BatchState::shipped:
        return Place::shipped;
    default:
        return std::nullopt;
    }
}

}  // namespace

std::string_view to_string(Place place) {
    return words.word(place);
}

std::optional<Place> place_of(const CardsIn& cards, const Batch& batch) {
    const auto batch_state = batch.frozen_from.value_or(batch.state);
    switch (cards.frozen_from.value_or(cards.state)) {
    case CardState::inactive:
        return before_sale(batch_state);
    case CardState::active:
        return batch_state == BatchState::active ? std::optional(Place::active) : std::nullopt;
    case CardState::used:
        return Place::used;
    case CardState::voided:
        return Place::voided;
    case CardState::expired:
        return Place::expired;
    case CardState::frozen:  // from what, is not known
    case CardState::locked:  // is never stored
        break;
    }
    return std::nullopt;
}

void Places::add(const CardsIn& cards, const Batch& batch) {
    const auto place = place_of(cards, batch);
    if (!place) {
        misplaced_ += cards.cards;
        return;
    }
    cards_.at(static_cast<std::size_t>(*place)) += cards.cards;
    const bool may_be_held =
        *place == Place::stock || *place == Place::shipped || *place == Place::active;
    if (may_be_held && (cards.state == CardState::frozen || batch.state == BatchState::frozen))
        held_ += cards.cards;
}

void Places::add(const Places& other) {
    for (std::size_t at = 0; at < cards_.size(); ++at)
        cards_.at(at) += other.cards_.at(at);
    held_ += other.held_;
    misplaced_ += other.misplaced_;
}

std::int64_t Places::cards() const {
    return std::accumulate(cards_.begin(), cards_.end(), misplaced_);
}

}  // namespace usagectl::card
