// SPDX-License-Identifier: MIT
#include "meter/merge.hpp"

#include <algorithm>

namespace usagectl::meter {

namespace {

// One grid: the rule holds slot by slot.
MergeOutcome merge_slots(
    const DayBlock& stored, const DayBlock& arriving, bool arriving_is_older, DayBlock& merged
) {
    MergeOutcome outcome;
    merged.copy_from(stored);
    for (std::size_t at = 0; at < static_cast<std::size_t>(arriving.count); ++at) {
        if (arriving.quality[at] == Quality::missing)
            continue;
        const bool is_new = stored.quality[at] == Quality::missing;
        if (!is_new && stored.quality[at] == arriving.quality[at] &&
            stored.wh[at] == arriving.wh[at]) {
            ++outcome.counts.unchanged;
        } else if (is_new || !arriving_is_older) {
            merged.wh[at] = arriving.wh[at];
            merged.quality[at] = arriving.quality[at];
            ++outcome.counts.stored;
        } else {
            ++outcome.counts.superseded;
        }
    }
    outcome.content_changed = outcome.counts.stored > 0;
    return outcome;
}

// Two grids: no slot of one means what a slot of the other means, so it is one block or the other.
MergeOutcome merge_whole(
    const DayBlock& stored, const DayBlock& arriving, bool arriving_is_older, DayBlock& merged
) {
    MergeOutcome outcome;
    const std::int32_t present = arriving.present();
    const auto intervals = static_cast<std::uint32_t>(present);
    if (!arriving_is_older && present == arriving.count) {
        merged.copy_from(arriving);
        outcome.counts.stored = intervals;
        outcome.content_changed = true;
        return outcome;
    }
    merged.copy_from(stored);
    if (arriving_is_older) {
        outcome.counts.superseded = intervals;
    } else {
        outcome.counts.rejected = intervals;
        outcome.reject_reason = "interval length or day grid differs from what is stored";
    }
    return outcome;
}

}  // namespace

MergeOutcome merge(
    const DayBlock& stored,
    std::int64_t stored_revision,
    const DayBlock& arriving,
    std::int64_t arriving_revision,
    DayBlock& merged
) {
    const bool arriving_is_older = arriving_revision < stored_revision;
    MergeOutcome outcome = stored.same_grid(arriving)
                               ? merge_slots(stored, arriving, arriving_is_older, merged)
                               : merge_whole(stored, arriving, arriving_is_older, merged);
    outcome.arrival_lost = outcome.counts.superseded > 0;
    // What was rejected leaves no trace in the stored block, its revision included.
    outcome.revision = outcome.counts.rejected > 0 ? stored_revision
                                                   : std::max(stored_revision, arriving_revision);
    return outcome;
}

}  // namespace usagectl::meter
