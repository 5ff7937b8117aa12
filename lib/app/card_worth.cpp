// SPDX-License-Identifier: MIT
#include "app/card_worth.hpp"

#include "app/cards.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

using card::CardState;
using card::Step;

CardWorth::CardWorth(Store& store, const card::Batch& batch, Step step)
    : store_(store)
    , batch_(batch)
    , step_(step) {
    const auto agent = batch.agent ? store.agents().find(*batch.agent) : std::nullopt;
    agent_ = agent ? agent->id : "";
}

void CardWorth::take(const card::Card& card, CardState was) {
    if (was != CardState::active)
        return;
    (card.invoice ? invoiced_ : free_) += 1;
}

void CardWorth::take_batch() {
    constexpr std::size_t page_cards = 1024;
    for (const auto state : {CardState::active, CardState::frozen}) {
        CardStore::CardFilter filter{batch_.number, state, 0, page_cards};
        for (auto page = store_.cards().cards(filter); !page.empty();
             page = store_.cards().cards(filter)) {
            for (const auto& card : page)
                take(card, card.frozen_from.value_or(card.state));
            filter.after = page.back().serial.number();
        }
    }
}

Money CardWorth::face(std::int64_t cards) const {
    const auto sum = face_of(cards, batch_.value);
    if (!sum)
        throw Failure(sum.error());
    return *sum;
}

Money CardWorth::face() const {
    return face(free_ + invoiced_);
}

void CardWorth::post(LocalDay day, Instant now, const std::string& cause) {
    const std::string unused(ledger::unused_cards);
    const auto at_agent = ledger::cards_at(agent_);
    std::vector<HouseMove> moves;
    if (step_ == Step::activate) {
        moves.push_back({at_agent, unused, face(free_)});
    } else {
        const auto paid =
            step_ == Step::expire ? std::string(ledger::expired_cards) : ledger::owed_by(agent_);
        moves.push_back({unused, at_agent, face(free_)});
        moves.push_back({unused, paid, face(invoiced_)});
    }
    static_cast<void>(post_house(store_, day, now, cause, moves));
}

}  // namespace usagectl::app
