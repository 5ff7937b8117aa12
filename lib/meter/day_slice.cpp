// SPDX-License-Identifier: MIT
#include "meter/day_slice.hpp"

namespace usagectl::meter {

std::vector<DaySlice> slice_days(std::span<const SeriesInterval> series, const Zone& zone) {
    std::vector<DaySlice> days;
    std::size_t index = 0;
    while (index < series.size()) {
        const LocalDay day = zone.day_of(series[index].start);
        const Instant begin = zone.day_start(day);
        const Instant end = zone.day_start(day + std::chrono::days(1));
        DaySlice slice{day, index, 0, false};
        while (index < series.size() && series[index].start < end) {
            ++index;
        }
        slice.count = index - slice.first;
        // A grid that does not divide the day leaves less than one interval before the first start.
        const SeriesInterval& head = series[slice.first];
        slice.whole = head.start - begin < head.end - head.start && series[index - 1].end >= end;
        days.push_back(slice);
    }
    return days;
}

}  // namespace usagectl::meter
