// SPDX-License-Identifier: MIT
// How far a reconciliation of a cycle has come.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace usagectl::reconcile {

enum class RunState : std::uint8_t {
    started,          // compared, nothing posted
    awaiting_second,  // one person has accepted it, another one is needed
    accepting,        // some accounts are adjusted
    accepted,
    replaced,  // by a later run of the same cycle
};
[[nodiscard]] std::string_view to_string(RunState state);  // "awaiting_second", ...
[[nodiscard]] std::optional<RunState> parse_run_state(std::string_view word);

}  // namespace usagectl::reconcile
