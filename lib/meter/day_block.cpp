// SPDX-License-Identifier: MIT
#include "meter/day_block.hpp"

#include <algorithm>
#include <numeric>

#include "base/assert.hpp"

namespace usagectl::meter {

void DayBlock::clear(Instant first_slot, std::int32_t interval_minutes, std::int32_t slots) {
    USAGECTL_ASSERT(slots >= 0 && slots <= max_slots);
    start = first_slot;
    minutes = interval_minutes;
    count = slots;
    std::fill_n(wh.begin(), slots, std::int64_t{0});
    std::fill_n(quality.begin(), slots, Quality::missing);
}

void DayBlock::copy_from(const DayBlock& other) {
    if (this == &other)
        return;
    start = other.start;
    minutes = other.minutes;
    count = other.count;
    std::copy_n(other.wh.begin(), count, wh.begin());
    std::copy_n(other.quality.begin(), count, quality.begin());
}

std::int32_t DayBlock::present() const {
    const auto missing = std::count(quality.begin(), quality.begin() + count, Quality::missing);
    return count - static_cast<std::int32_t>(missing);
}

std::int64_t DayBlock::total_wh() const {
    return std::accumulate(wh.begin(), wh.begin() + count, std::int64_t{0});
}

bool add_readings(DayBlock& sum, const DayBlock& other) {
    if (!sum.same_grid(other))
        return false;
    for (std::size_t slot = 0; slot < static_cast<std::size_t>(sum.count); ++slot) {
        if (other.quality[slot] == Quality::missing)
            continue;
        const bool alone = sum.quality[slot] == Quality::missing;
        const bool sure = other.quality[slot] == Quality::actual &&
                          (alone || sum.quality[slot] == Quality::actual);
        sum.wh[slot] = alone ? other.wh[slot] : sum.wh[slot] + other.wh[slot];
        sum.quality[slot] = sure ? Quality::actual : Quality::estimated;
    }
    return true;
}

bool operator==(const DayBlock& left, const DayBlock& right) {
    return left.same_grid(right) &&
           std::equal(left.wh.begin(), left.wh.begin() + left.count, right.wh.begin()) &&
           std::equal(
               left.quality.begin(), left.quality.begin() + left.count, right.quality.begin()
           );
}

}  // namespace usagectl::meter
