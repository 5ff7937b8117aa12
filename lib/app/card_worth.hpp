// SPDX-License-Identifier: MIT
// What the ledger holds for cards. From the moment a card is on sale until it is spent its worth is
// a liability; the other side is the agent's, first as cards he has, then as an invoice he owes.
#pragma once

#include <string>

#include "app/house_ledger.hpp"
#include "card/agent.hpp"

namespace usagectl::app {

// Cards of one batch that all take the same step; only those that were on sale move money:
//   activate   asset:cards:AGENT        to  liability:cards
//   void       liability:cards          to  asset:cards:AGENT, or when invoiced to what the agent
//                                           owes, less the commission he does not keep then: his
//                                           credit, which his next invoice takes off
//   expire     liability:cards          to  asset:cards:AGENT, or liability:cards_expired when
//                                           invoiced: somebody has paid for them
class CardWorth {
public:
    CardWorth(Store& store, const card::Batch& batch, card::Step step);

    // One card that takes the step from the state `was` (what it was frozen from, if it was).
    void take(const card::Card& card, card::CardState was);
    // All of the batch that have not been spent go to `to`, those that were on sale with their
    // worth; gives how many cards did. What is counted is what is changed, whoever spends one of
    // them meanwhile.
    [[nodiscard]] std::int64_t move_batch(card::CardState to);
    // Activation of so many at once.
    void take_all(std::int64_t cards) { free_ += cards; }
    [[nodiscard]] Money face() const;
    // As house_ledger's post_house(): the stock must be locked.
    void post(LocalDay day, Instant now, const std::string& cause);

private:
    [[nodiscard]] Money face(std::int64_t cards) const;
    void give_back(std::vector<HouseMove>& moves) const;

    Store& store_;
    const card::Batch& batch_;
    card::Step step_;
    std::string agent_;
    std::int64_t commission_ = 0;
    std::int64_t free_ = 0;  // not invoiced
    std::int64_t invoiced_ = 0;
};

}  // namespace usagectl::app
