// SPDX-License-Identifier: MIT
// The planned requests of a back-fill.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/words.hpp"

namespace usagectl::app {

enum class BackfillState : std::uint8_t {
    planned,
    claimed,  // about to be sent; asking again does no harm, so it is simply sent again
    stored,
    empty,  // the market has no data
    failed,
};

inline constexpr Words<BackfillState::failed> backfill_states{
    "planned", "claimed", "stored", "empty", "failed"};
[[nodiscard]] constexpr std::string_view to_string(BackfillState state) {
    return backfill_states.word(state);
}

struct BackfillRequest {
    std::int64_t number = 0;  // given by the store
    std::string plan;
    LocalDay send_on{};
    LocalDay first{};
    LocalDay last{};
    std::vector<std::string> meters;
    BackfillState state = BackfillState::planned;
    std::optional<Instant> decided_at;
    std::int64_t intervals = 0;
    std::string message;
};

class BackfillStore {
public:
    BackfillStore() = default;
    BackfillStore(const BackfillStore&) = delete;
    BackfillStore& operator=(const BackfillStore&) = delete;
    virtual ~BackfillStore() = default;

    virtual void add(BackfillRequest& request) = 0;
    // Writes send_on, state, decided_at, intervals and message.
    virtual void update(const BackfillRequest& request) = 0;
    // Undecided ones with send_on at or before `day`, in order; all when there is no day.
    [[nodiscard]] virtual std::vector<BackfillRequest> open(std::optional<LocalDay> day) = 0;
    // Requests of any state with this day: what the market's table of sizes has left.
    [[nodiscard]] virtual std::vector<BackfillRequest> of_day(LocalDay day) = 0;
    [[nodiscard]] virtual std::vector<BackfillRequest> of_plan(const std::string& plan) = 0;
};

}  // namespace usagectl::app
