// SPDX-License-Identifier: MIT
// The steps of batches and cards between the print shop and the customer (source: US 8,095,475,
// figure 10, steps 234 to 246).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/cards.hpp"

namespace usagectl::app {

struct MoveCards {
    card::Step step = card::Step::receive;
    std::string batch;                  // all of it; empty: the serial numbers
    std::vector<card::Serial> serials;  // may be of several batches
    std::string agent;                  // ship
    std::string by;                     // confirm: who let us know
    std::string into;                   // package: the new batch
    std::int64_t count = 0;             // package, of a batch: the first so many
    std::string reason;
    bool dry_run = false;
    std::function<void(const std::vector<struct CardsMoved>&)> moved = {};
};

// What became of one batch, or of some of its cards.
struct CardsMoved {
    card::Batch batch;
    std::string agent;  // id; empty: none
    std::string from;   // the batch these cards were taken out of; empty: they stayed
    std::int64_t cards = 0;
    Money face;
    std::vector<card::Serial> serials;  // empty: all of the batch
    bool second_person = false;         // activation waits for another one
};

// Steps about where cards are (print, receive, ship, confirm, activate, package) concern whole
// batches: single cards are packaged into a batch of their own first, called after theirs (B.1).
// freeze, unfreeze and void also concern single cards. Errors: `batch_unknown`, `card_unknown`,
// `agent_unknown` (3); `batch_state_impossible`, `card_state_impossible`, `batch_unfinished`,
// `receipt_not_confirmed`, `second_person_needed`, `batch_exists`, `amount_out_of_range` (4);
// `agent_missing` (2).
[[nodiscard]] Result<std::vector<CardsMoved>> move_cards(
    Store& store,
    const MoveCards& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
