// SPDX-License-Identifier: MIT
// Where a batch of cards and a single card stand in their lives, and which steps there are between
// (source: US 8,095,475, figure 10, steps 232 to 248). A card can be spent only while both its
// batch and the card itself are active.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::card {

enum class BatchState : std::uint8_t {
    generated,  // made; their PINs are in the print file
    printed,    // on paper
    received,   // in stock
    shipped,    // on their way to an agent, or there
    active,     // on sale
    frozen,     // held as it was, until it is let go on
    voided,     // worth nothing, for ever
};

enum class CardState : std::uint8_t {
    inactive,
    active,
    used,
    expired,
    frozen,
    voided,
    locked,  // too many wrong PINs; never stored: it lies in the locks, and passes
};

// "void" for voided; the others by their own names.
[[nodiscard]] std::string_view to_string(BatchState state);
[[nodiscard]] std::string_view to_string(CardState state);
[[nodiscard]] std::optional<BatchState> parse_batch_state(std::string_view word);
[[nodiscard]] std::optional<CardState> parse_card_state(std::string_view word);

// What a person does to a batch, or to single cards.
enum class Step : std::uint8_t {
    generate,
    package,  // into another batch
    print,
    receive,   // from the printer, or back from an agent
    ship,      // to an agent
    confirm,   // the agent has them
    activate,  // on sale from now on
    freeze,
    unfreeze,
    annul,  // "void"
    expire,
    redeem,     // spent
    reinstate,  // the payment it made was taken back
};

[[nodiscard]] std::string_view to_string(Step step);  // "generate", ..., "void", ..., "reinstate"
[[nodiscard]] std::optional<Step> parse_step(std::string_view word);

// Where a step takes a batch; `before` is what a frozen one was. Error `batch_state_impossible`
// (4), which says in which states the step can be taken.
[[nodiscard]] Result<BatchState>
after(Step step, BatchState from, std::optional<BatchState> before = {});

// The same for one card, as far as a step is about cards: activate, freeze, unfreeze, void, expire,
// redeem, reinstate.
// Error `card_state_impossible` (4).
[[nodiscard]] Result<CardState>
after(Step step, CardState from, std::optional<CardState> before = {});

// Whether a card of this state still has its worth: it may yet be spent, or it is held.
[[nodiscard]] constexpr bool has_worth(CardState state) {
    return state == CardState::inactive || state == CardState::active ||
           state == CardState::frozen || state == CardState::locked;
}

}  // namespace usagectl::card
