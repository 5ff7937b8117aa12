// SPDX-License-Identifier: MIT
#include "reconcile/run_state.hpp"

#include "base/words.hpp"

namespace usagectl::reconcile {

namespace {

constexpr Words<RunState::replaced> states{
    "started", "awaiting_second", "accepting", "accepted", "replaced"};

}  // namespace

std::string_view to_string(RunState state) {
    return states.word(state);
}

std::optional<RunState> parse_run_state(std::string_view word) {
    return states.parse(word);
}

}  // namespace usagectl::reconcile
