// SPDX-License-Identifier: MIT
#include "card/state.hpp"

#include <array>
#include <span>
#include <string>

#include "base/assert.hpp"
#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<BatchState::voided> batch_words{
    "generated", "printed", "received", "shipped", "active", "frozen", "void"};
constexpr Words<CardState::locked> card_words{
    "inactive", "active", "used", "expired", "frozen", "void", "locked"};
constexpr Words<Step::reinstate> step_words{
    "generate",
    "package",
    "print",
    "receive",
    "ship",
    "confirm",
    "activate",
    "freeze",
    "unfreeze",
    "void",
    "expire",
    "redeem",
    "reinstate"};

template <class State>
struct Move {
    Step step;
    State from;
    State to;
};

// Printed by somebody else, cards come in from `generated`; unsold ones come back from an agent.
constexpr std::array<Move<BatchState>, 22> batch_moves{{
    {Step::print, BatchState::generated, BatchState::printed},
    {Step::print, BatchState::printed, BatchState::printed},
    {Step::receive, BatchState::generated, BatchState::received},
    {Step::receive, BatchState::printed, BatchState::received},
    {Step::receive, BatchState::shipped, BatchState::received},
    {Step::ship, BatchState::received, BatchState::shipped},
    {Step::confirm, BatchState::shipped, BatchState::shipped},
    {Step::activate, BatchState::shipped, BatchState::active},
    {Step::freeze, BatchState::generated, BatchState::frozen},
    {Step::freeze, BatchState::printed, BatchState::frozen},
    {Step::freeze, BatchState::received, BatchState::frozen},
    {Step::freeze, BatchState::shipped, BatchState::frozen},
    {Step::freeze, BatchState::active, BatchState::frozen},
    {Step::annul, BatchState::generated, BatchState::voided},
    {Step::annul, BatchState::printed, BatchState::voided},
    {Step::annul, BatchState::received, BatchState::voided},
    {Step::annul, BatchState::shipped, BatchState::voided},
    {Step::annul, BatchState::active, BatchState::voided},
    {Step::annul, BatchState::frozen, BatchState::voided},
    // Cards expire, their batch stays where it is.
    {Step::expire, BatchState::received, BatchState::received},
    {Step::expire, BatchState::shipped, BatchState::shipped},
    {Step::expire, BatchState::active, BatchState::active},
}};

constexpr std::array<Move<CardState>, 11> card_moves{{
    {Step::activate, CardState::inactive, CardState::active},
    {Step::freeze, CardState::inactive, CardState::frozen},
    {Step::freeze, CardState::active, CardState::frozen},
    {Step::annul, CardState::inactive, CardState::voided},
    {Step::annul, CardState::active, CardState::voided},
    {Step::annul, CardState::frozen, CardState::voided},
    {Step::expire, CardState::inactive, CardState::expired},
    {Step::expire, CardState::active, CardState::expired},
    {Step::expire, CardState::frozen, CardState::expired},
    {Step::redeem, CardState::active, CardState::used},
    {Step::reinstate, CardState::used, CardState::active},
}};

template <class State>
Result<State>
step_from(std::span<const Move<State>> moves, Step step, State from, std::string_view what) {
    std::string possible;
    for (const auto& move : moves) {
        if (move.step != step)
            continue;
        if (move.from == from)
            return move.to;
        possible += (possible.empty() ? "" : " or ") + std::string(to_string(move.from));
    }
    return refuse(
        Exit::refused,
        std::string(what) + "_state_impossible",
        "a " + std::string(what) + " that is " + std::string(to_string(from)) +
            " cannot take the step '" + std::string(to_string(step)) + "'",
        "it can be taken by one that is " + possible
    );
}

template <class State>
Result<State> let_go(State from, State frozen, std::optional<State> before, std::string_view what) {
    if (from == frozen) {
        USAGECTL_ASSERT(before.has_value());
        return *before;
    }
    return refuse(
        Exit::refused,
        std::string(what) + "_state_impossible",
        "a " + std::string(what) + " that is " + std::string(to_string(from)) + " is not frozen"
    );
}

}  // namespace

std::string_view to_string(BatchState state) {
    return batch_words.word(state);
}

std::string_view to_string(CardState state) {
    return card_words.word(state);
}

std::optional<BatchState> parse_batch_state(std::string_view word) {
    return batch_words.parse(word);
}

std::optional<CardState> parse_card_state(std::string_view word) {
    return card_words.parse(word);
}

std::string_view to_string(Step step) {
    return step_words.word(step);
}

std::optional<Step> parse_step(std::string_view word) {
    return step_words.parse(word);
}

Result<BatchState> after(Step step, BatchState from, std::optional<BatchState> before) {
    if (step == Step::unfreeze)
        return let_go(from, BatchState::frozen, before, "batch");
    return step_from<BatchState>(batch_moves, step, from, "batch");
}

Result<CardState> after(Step step, CardState from, std::optional<CardState> before) {
    if (step == Step::unfreeze)
        return let_go(from, CardState::frozen, before, "card");
    return step_from<CardState>(card_moves, step, from, "card");
}

}  // namespace usagectl::card
