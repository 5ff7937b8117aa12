// SPDX-License-Identifier: MIT
#include "app/card_worth.hpp"

#include "app/cards.hpp"
#include "card/agent.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

using card::CardState;
using card::Step;

CardWorth::CardWorth(Store& store, const card::Batch& batch, Step step)
    : store_(store)
    , batch_(batch)
    , step_(step) {
    const auto agent = batch.agent ? store.agents().find(*batch.agent) : std::nullopt;
    if (agent) {
        agent_ = agent->id;
        commission_ = agent->commission;
    }
}

void CardWorth::take(const card::Card& card, CardState was) {
    if (was != CardState::active)
        return;
    (card.invoice ? invoiced_ : free_) += 1;
}

std::int64_t CardWorth::move_batch(CardState to) {
    auto& cards = store_.cards();
    std::int64_t moved = 0;
    const auto move = [&](CardsOf which, bool invoiced, std::int64_t* count) {
        which.invoiced = invoiced;
        const auto cards_moved = cards.move_all(which, to);
        moved += cards_moved;
        if (count != nullptr)
            *count += cards_moved;
    };
    for (const bool invoiced : {false, true}) {
        auto* on_sale = invoiced ? &invoiced_ : &free_;
        move({batch_.number, CardState::active}, invoiced, on_sale);
        move({batch_.number, CardState::frozen, CardState::active}, invoiced, on_sale);
        move({batch_.number, CardState::frozen, CardState::inactive}, invoiced, nullptr);
        move({batch_.number, CardState::inactive}, invoiced, nullptr);
    }
    return moved;
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

// The agent was invoiced for less than the face value, and is given back no more.
void CardWorth::give_back(std::vector<HouseMove>& moves) const {
    if (invoiced_ == 0)
        return;
    const auto back = face(invoiced_);
    const auto commission = card::commission_of(back, commission_).value_or(Money());
    const std::string unused(ledger::unused_cards);
    moves.push_back({unused, ledger::owed_by(agent_), back - commission});
    moves.push_back({unused, ledger::commission_of(agent_), commission});
    store_.agents().add_credit(*batch_.agent, back - commission);
}

void CardWorth::post(LocalDay day, Instant now, const std::string& cause) {
    const std::string unused(ledger::unused_cards);
    const auto at_agent = ledger::cards_at(agent_);
    std::vector<HouseMove> moves;
    if (step_ == Step::activate) {
        moves.push_back({at_agent, unused, face(free_)});
    } else {
        moves.push_back({unused, at_agent, face(free_)});
        if (step_ == Step::expire)
            moves.push_back({unused, std::string(ledger::expired_cards), face(invoiced_)});
        else
            give_back(moves);
    }
    static_cast<void>(post_house(store_, day, now, cause, moves));
}

}  // namespace usagectl::app
