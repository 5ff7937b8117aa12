// SPDX-License-Identifier: MIT
// Intervals of one meter and channel over a span of time, put together from day blocks of both
// layers. The best value of an interval is VEE actual, then VEE estimated, then raw.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/zone.hpp"
#include "meter/day_block.hpp"

namespace usagectl::meter {

struct StoredBlock {
    LocalDay day{};
    Layer layer = Layer::vee;
    DayBlock block;
};

struct SeriesInterval {
    Instant start{};
    Instant end{};
    std::int64_t wh = 0;  // 0 when missing
    Quality quality = Quality::missing;
    std::optional<Layer> layer;  // none when missing

    bool operator==(const SeriesInterval&) const = default;
};

// The steps of holes among these: the shortest interval length there is, an hour at most; 15
// minutes where there is no block.
[[nodiscard]] std::int32_t shortest_minutes(std::span<const StoredBlock> blocks);

enum class LayerChoice : std::uint8_t { best, vee, raw };

// Every interval of [from, to), without hole or overlap; what no block covers comes out as missing,
// in steps of `minutes` (shorter before a value or the end, where they must be). Blocks may come in
// any order, from both layers, on different grids; an interval belongs to the answer when it starts
// inside the span, so the last one may end behind it. Of intervals that start together the best is
// taken; one that starts within an interval already taken is left out.
[[nodiscard]] std::vector<SeriesInterval> assemble_series(
    std::span<const StoredBlock> blocks,
    Instant from,
    Instant to,
    std::int32_t minutes,
    LayerChoice choice
);

// Sums by local hour, day or month; an interval counts where it starts. The hour repeated when the
// clock falls back is two items. `layer` of an item is set when all its intervals that have a value
// agree. Quality of a sum: missing if all are missing, estimated if any is, else actual; raw is
// told by layer. An item spans the intervals given for it, first to last.
enum class Step : std::uint8_t { interval, hour, day, month };
struct SeriesItem {
    Instant start{};
    Instant end{};
    std::int64_t wh = 0;
    Quality quality = Quality::missing;
    std::optional<Layer> layer;
    std::uint32_t missing = 0;  // intervals without a value

    bool operator==(const SeriesItem&) const = default;
};
[[nodiscard]] std::vector<SeriesItem>
sum_by(std::span<const SeriesInterval> intervals, Step step, const Zone& zone);

}  // namespace usagectl::meter
