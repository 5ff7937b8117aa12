// SPDX-License-Identifier: MIT
// What an answer about an on-demand read means, and how long to wait for the next one. Words and
// codes as clients of Smart Meter Texas have met them; there is no published list.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "market/market.hpp"

namespace usagectl::market {

struct StateWord {
    std::string_view word;  // upper case
    ReadState state = ReadState::unknown;
};
// PENDING, PEN, COMPLETED, FAILED, T-FAILED, 0, FLR, 5031, …
[[nodiscard]] std::span<const StateWord> state_words();
// Letter case and blanks around it do not matter. A word nobody knows is `unknown`, which is not an
// end: the caller goes on asking until its time is up.
[[nodiscard]] ReadState state_of(std::string_view word);

// Nothing further will come of the request.
[[nodiscard]] bool is_final(ReadState state);

// Clocks of two houses differ; more than this is no difference of clocks.
inline constexpr std::chrono::seconds clock_tolerance{120};

// The answer speaks of a read from before the request: the portal has no request numbers and shows
// the previous read until the new one is there. An answer without a time is not called stale.
[[nodiscard]] bool is_stale(
    const ReadStatus& status, Instant asked_at, std::chrono::seconds tolerance = clock_tolerance
);

// Asking too early shows the previous read, asking too often is throttled: wait `first`, then
// `interval`, each next wait `growth_percent` of the one before (100: always the same), at most
// `cap`, until `total` has gone by since the request. Clients of the portal ask every 15 s, one of
// them for 40 minutes.
struct PollRhythm {
    std::chrono::seconds first{15};
    std::chrono::seconds interval{15};
    std::int32_t growth_percent = 150;
    std::chrono::seconds cap{60};
    std::chrono::seconds total{600};
};
// How long to wait before the question number `attempt` (0 is the first), when `elapsed` has gone
// by since the request. The last wait is cut so that it ends with `total`; none once that is
// reached. Figures of the rhythm that make no sense (negative, growth below 100) count as the least
// that does: a wait is at least one second.
[[nodiscard]] std::optional<std::chrono::seconds>
next_poll(const PollRhythm& rhythm, std::int32_t attempt, std::chrono::seconds elapsed);

}  // namespace usagectl::market
