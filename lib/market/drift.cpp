// SPDX-License-Identifier: MIT
#include "market/drift.hpp"

namespace usagectl::market {

Drift drift(const meter::DayBlock& vee, const meter::DayBlock& raw) {
    Drift sum;
    const std::int64_t step = std::int64_t{vee.minutes} * 60;
    const std::int64_t ahead = (raw.start - vee.start).count();
    if (vee.minutes != raw.minutes || ahead % step != 0)
        return sum;
    // Slot i of raw is slot i + offset of vee; blocks of one day may begin at different instants
    // when the day's zone was corrected in between.
    const std::int64_t offset = ahead / step;
    for (std::int64_t slot = 0; slot < raw.count; ++slot) {
        const std::int64_t other = slot + offset;
        if (other < 0 || other >= vee.count)
            continue;
        const auto at = static_cast<std::size_t>(slot);
        const auto settled = static_cast<std::size_t>(other);
        if (raw.quality[at] == meter::Quality::missing ||
            vee.quality[settled] == meter::Quality::missing)
            continue;
        ++sum.intervals;
        sum.differing += raw.wh[at] != vee.wh[settled] ? 1 : 0;
        sum.raw_wh += raw.wh[at];
        sum.vee_wh += vee.wh[settled];
    }
    return sum;
}

}  // namespace usagectl::market
