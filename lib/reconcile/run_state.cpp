// SPDX-License-Identifier: MIT
#include "reconcile/run_state.hpp"

#include <algorithm>
#include <array>

namespace usagectl::reconcile {

namespace {

constexpr std::array<std::string_view, 5> states{
    "started", "awaiting_second", "accepting", "accepted", "replaced"};

}  // namespace

std::string_view to_string(RunState state) {
    return states.at(static_cast<std::size_t>(state));
}

std::optional<RunState> parse_run_state(std::string_view word) {
    const auto* const found = std::find(states.begin(), states.end(), word);
    if (found == states.end())
        return std::nullopt;
    return static_cast<RunState>(found - states.begin());
}

}  // namespace usagectl::reconcile
