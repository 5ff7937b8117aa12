// SPDX-License-Identifier: MIT
// Where cards are: every state of a card in every state of its batch.
#include "card/place.hpp"

#include <map>
#include <string>

#include <catch2/catch.hpp>

using namespace usagectl;
using card::Batch;
using card::BatchState;
using card::CardsIn;
using card::CardState;
using card::Place;
using card::Places;

namespace {

constexpr int batch_states = static_cast<int>(BatchState::voided) + 1;
constexpr int card_states = static_cast<int>(CardState::locked) + 1;

// "card batch": the place. What is not here is none.
const std::map<std::string, std::string> table{
    {"inactive generated", "stock"},
    {"inactive printed", "stock"},
    {"inactive received", "stock"},
    {"inactive shipped", "shipped"},
    {"active active", "active"},
};

std::string expected(const std::string& card, const std::string& batch) {
    // What has come to its end stays there, whatever becomes of the batch.
    if (card == "used" || card == "void" || card == "expired")
        return card;
    const auto found = table.find(card + " " + batch);
    return found == table.end() ? "" : found->second;
}

Batch batch_in(BatchState state, std::optional<BatchState> frozen_from = {}) {
    Batch batch;
    batch.state = state;
    batch.frozen_from = frozen_from;
    return batch;
}

std::string place(const CardsIn& cards, const Batch& batch) {
    const auto found = card::place_of(cards, batch);
    return found ? std::string(card::to_string(*found)) : "";
}

}  // namespace

TEST_CASE("a card is in one place, as its state and its batch's say") {
    for (int b = 0; b < batch_states; ++b) {
        for (int c = 0; c < card_states; ++c) {
            const auto batch = static_cast<BatchState>(b);
            const auto card = static_cast<CardState>(c);
            if (batch == BatchState::frozen)
                continue;
            const auto wanted =
                expected(std::string(to_string(card)), std::string(to_string(batch)));
            INFO(to_string(card) << " in a batch that is " << to_string(batch));
            CHECK(place({card, {}, 1}, batch_in(batch)) == wanted);
            // Frozen, it is where it was: the batch, the card, or both.
            const auto frozen = batch_in(BatchState::frozen, batch);
            CHECK(place({card, {}, 1}, frozen) == wanted);
            if (card == CardState::inactive || card == CardState::active) {
                CHECK(place({CardState::frozen, card, 1}, batch_in(batch)) == wanted);
                CHECK(place({CardState::frozen, card, 1}, frozen) == wanted);
            }
        }
    }
}

TEST_CASE("places add up to all that was added, and say what is held and what is nowhere") {
    const auto active = batch_in(BatchState::active);
    Places places;
    places.add({CardState::active, {}, 10}, active);
    places.add({CardState::frozen, CardState::active, 2}, active);
    places.add({CardState::used, {}, 3}, active);
    places.add({CardState::inactive, {}, 4}, active);  // nobody put it on sale
    CHECK(places.at(Place::active) == 12);
    CHECK(places.at(Place::used) == 3);
    CHECK(places.held() == 2);
    CHECK(places.misplaced() == 4);
    CHECK(places.cards() == 19);

    // A frozen batch holds what is not spent, and each card once.
    const auto held = batch_in(BatchState::frozen, BatchState::shipped);
    Places others;
    others.add({CardState::inactive, {}, 5}, held);
    others.add({CardState::frozen, CardState::inactive, 1}, held);
    others.add({CardState::voided, {}, 7}, held);
    CHECK(others.held() == 6);
    places.add(others);
    CHECK(places.at(Place::shipped) == 6);
    CHECK(places.at(Place::voided) == 7);
    CHECK(places.held() == 8);
    CHECK(places.cards() == 32);
}
