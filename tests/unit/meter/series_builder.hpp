// SPDX-License-Identifier: MIT
// Series for tests, said by local day: every interval has the same value until told otherwise.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

inline const Zone& zone_named(std::string_view name) {
    return *Zone::find(name).value();
}
inline LocalDay day_named(std::string_view text) {
    return parse_day(text).value();
}

// Consecutive local days of settled actual values.
inline std::vector<SeriesInterval>
series_of_days(const Zone& zone, LocalDay first, int days, std::int64_t wh, int minutes = 15) {
    std::vector<SeriesInterval> series;
    const Instant end = zone.day_start(first + std::chrono::days(days));
    const auto step = std::chrono::minutes(minutes);
    for (Instant at = zone.day_start(first); at < end; at += step) {
        series.push_back({at, at + step, wh, Quality::actual, Layer::vee});
    }
    return series;
}

inline void
make_missing(std::vector<SeriesInterval>& series, std::size_t first, std::size_t count) {
    for (std::size_t index = first; index < first + count; ++index) {
        series[index] = {series[index].start, series[index].end, 0, Quality::missing, std::nullopt};
    }
}

}  // namespace usagectl::meter
