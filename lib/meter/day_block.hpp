// SPDX-License-Identifier: MIT
// One meter, channel, layer and local day of interval energy, unpacked.
//
// The block describes itself: `start` is the instant of its first slot, slot i covers
// [start + i*minutes, start + (i+1)*minutes). A slot without a value has quality missing and wh 0.
// Slots at and after `count` are not part of the block and may hold anything.
#pragma once

#include <array>
#include <cstdint>

#include "meter/types.hpp"

namespace usagectl::meter {

// 5-minute slots of a 32 hour day: no zone has ever had a longer one.
inline constexpr int max_slots = 384;

struct DayBlock {
    Instant start{};
    std::int32_t minutes = 15;
    std::int32_t count = 0;  // slots of this day, present or missing; at most max_slots
    std::array<std::int64_t, max_slots> wh;
    std::array<Quality, max_slots> quality;

    [[nodiscard]] Instant slot_start(int slot) const {
        return start + std::chrono::minutes(static_cast<std::int64_t>(slot) * minutes);
    }
    // Every slot missing.
    void clear(Instant first_slot, std::int32_t interval_minutes, std::int32_t slots);
    // Becomes the other block, moving only the slots that are part of it.
    void copy_from(const DayBlock& other);
    [[nodiscard]] std::int32_t present() const;
    [[nodiscard]] std::int64_t total_wh() const;
    // Same interval length, first slot and number of slots: slot i means the same in both.
    [[nodiscard]] bool same_grid(const DayBlock& other) const {
        return start == other.start && minutes == other.minutes && count == other.count;
    }
};

// What another meter of the same place registered in the same day, added slot by slot; a slot that
// only one of them has is that one's. False, and nothing is added, when the grids differ.
bool add_readings(DayBlock& sum, const DayBlock& other);

// Same grid, same values, same qualities.
[[nodiscard]] bool operator==(const DayBlock& left, const DayBlock& right);

}  // namespace usagectl::meter
