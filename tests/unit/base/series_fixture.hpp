// SPDX-License-Identifier: MIT
// Day blocks in shorthand for tests: a letter per interval, A actual, E estimated, a dot missing.
// The k-th interval of a block carries first_wh + k.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "meter/series.hpp"

namespace usagectl::meter {

inline Instant utc(std::string_view text) {
    return parse_instant(text).value();
}

inline StoredBlock stored(
    Layer layer,
    Instant start,
    std::int32_t minutes,
    std::string_view pattern,
    std::int64_t first_wh = 0
) {
    StoredBlock result;
    result.layer = layer;
    result.day = LocalDay(std::chrono::floor<std::chrono::days>(start).time_since_epoch());
    DayBlock& block = result.block;
    block.start = start;
    block.minutes = minutes;
    block.count = static_cast<std::int32_t>(pattern.size());
    block.wh.fill(0);
    block.quality.fill(Quality::missing);
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '.')
            continue;
        block.wh[i] = first_wh + static_cast<std::int64_t>(i);
        block.quality[i] = pattern[i] == 'A' ? Quality::actual : Quality::estimated;
    }
    return result;
}

}  // namespace usagectl::meter
