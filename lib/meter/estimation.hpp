// SPDX-License-Identifier: MIT
// What a gap probably held, by the two methods the industry names (DASMMD Attachment VEE): up to
// two hours by interpolation from point to point, longer by the average of like days. A proposal
// only: nothing here is stored, and every proposed interval is marked estimated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::meter {

inline constexpr std::chrono::hours longest_interpolation{2};

enum class EstimationMethod : std::uint8_t { linear, like_day };
[[nodiscard]] std::string_view to_string(EstimationMethod method);  // "linear interpolation", …

struct GapEstimate {
    EstimationMethod method = EstimationMethod::linear;
    std::vector<SeriesInterval> intervals;  // one for each of the gap; quality estimated, no layer
    std::int64_t total_wh = 0;
};

// Estimates series[first, first + count), which holds no values. Interpolation needs a value of the
// same interval length on either side; a gap without one, and any longer gap, is taken from settled
// actual values at the same local times: of up to three of the four preceding days of the same
// weekday, newest first, or, where there is none, of up to three preceding working days for a
// working day and weekend days for a weekend day, within two weeks. Empty when some day of the gap
// has no such reference.
[[nodiscard]] std::optional<GapEstimate> estimate_gap(
    std::span<const SeriesInterval> series, std::size_t first, std::size_t count, const Zone& zone
);

// How far back a day's estimate may look.
inline constexpr std::chrono::days estimation_history{28};

// The intervals of one local day, series[first, end), each that is missing estimated: by
// estimate_gap(), else as the average hour of the values from 28 days before the day on, 0 where
// there is none. Nothing behind the day goes into it, so that a day is estimated alike whenever
// that is done.
[[nodiscard]] std::vector<SeriesInterval>
fill_missing(std::span<const SeriesInterval> series, std::size_t first, const Zone& zone);

}  // namespace usagectl::meter
