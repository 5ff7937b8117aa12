// SPDX-License-Identifier: MIT
// A series cut at local midnights. An interval belongs to the day it starts in; days without an
// interval do not appear. A day has as many intervals as its clock gave it: 92, 96 or 100 of 15
// minutes, which is why nothing here knows a number of intervals.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

struct DaySlice {
    LocalDay day{};
    std::size_t first = 0;  // index into the series
    std::size_t count = 0;  // at least 1
    // The series covers the day from its first to its last instant, with or without values.
    bool whole = false;

    [[nodiscard]] std::span<const SeriesInterval> of(std::span<const SeriesInterval> series) const {
        return series.subspan(first, count);
    }
};

// `series` ascends by start, as assemble_series gives it.
[[nodiscard]] std::vector<DaySlice>
slice_days(std::span<const SeriesInterval> series, const Zone& zone);

}  // namespace usagectl::meter
