// SPDX-License-Identifier: MIT
#include "meter/series.hpp"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/assert.hpp"

namespace usagectl::meter {
namespace {

using Intervals = std::vector<SeriesInterval>;

// VEE actual, VEE estimated, raw actual, raw estimated: 0 to 3.
int rank(const SeriesInterval& interval) {
    return (interval.layer == Layer::vee ? 0 : 2) + (interval.quality == Quality::actual ? 0 : 1);
}

// In order of start; of those that start together the best first, then the finest.
bool comes_before(const SeriesInterval& a, const SeriesInterval& b) {
    if (a.start != b.start)
        return a.start < b.start;
    return std::tuple(rank(a), a.end) < std::tuple(rank(b), b.end);
}

// The values of one block that start within [from, to).
void add_values(const StoredBlock& stored, Instant from, Instant to, Intervals& out) {
    const DayBlock& block = stored.block;
    const std::chrono::minutes length(block.minutes);
    for (int slot = 0; slot < block.count; ++slot) {
        const auto i = static_cast<std::size_t>(slot);
        const Instant start = block.slot_start(slot);
        if (block.quality[i] == Quality::missing || start < from || start >= to)
            continue;
        out.push_back({start, start + length, block.wh[i], block.quality[i], stored.layer});
    }
}

// The values of one layer in order. Blocks hardly ever overlap (only where a meter's zone was
// changed), so putting the blocks in order is nearly always enough.
Intervals layer_values(std::span<const StoredBlock> blocks, Layer layer, Instant from, Instant to) {
    std::vector<const StoredBlock*> ordered;
    std::size_t slots = 0;
    for (const StoredBlock& stored : blocks) {
        if (stored.layer != layer || stored.block.start >= to)
            continue;
        ordered.push_back(&stored);
        slots += static_cast<std::size_t>(stored.block.count);
    }
    std::sort(ordered.begin(), ordered.end(), [](const StoredBlock* a, const StoredBlock* b) {
        return std::tuple(a->block.start, a->block.minutes, a->day) <
               std::tuple(b->block.start, b->block.minutes, b->day);
    });
    Intervals values;
    values.reserve(slots);
    for (const StoredBlock* stored : ordered)
        add_values(*stored, from, to, values);
    if (!std::is_sorted(values.begin(), values.end(), comes_before)) {
        std::stable_sort(values.begin(), values.end(), comes_before);
    }
    return values;
}

// The raw values that share no instant with a settled one: what is settled is never hidden, also
// where the two layers have intervals of different length.
Intervals not_settled(Intervals raw, const Intervals& vee) {
    auto settled = vee.begin();
    std::erase_if(raw, [&](const SeriesInterval& value) {
        while (settled != vee.end() && settled->end <= value.start)
            ++settled;
        return settled != vee.end() && settled->start < value.end;
    });
    return raw;
}

Intervals
all_values(std::span<const StoredBlock> blocks, Instant from, Instant to, LayerChoice choice) {
    if (choice == LayerChoice::vee)
        return layer_values(blocks, Layer::vee, from, to);
    if (choice == LayerChoice::raw)
        return layer_values(blocks, Layer::raw, from, to);
    Intervals vee = layer_values(blocks, Layer::vee, from, to);
    const Intervals raw = not_settled(layer_values(blocks, Layer::raw, from, to), vee);
    if (raw.empty())
        return vee;
    Intervals both;
    both.reserve(vee.size() + raw.size());
    std::merge(
        vee.begin(), vee.end(), raw.begin(), raw.end(), std::back_inserter(both), comes_before
    );
    return both;
}

// Fills [from, to) with missing intervals; the last one is cut short where it has to be.
void add_missing(Instant from, Instant to, std::chrono::minutes length, Intervals& out) {
    for (; from < to; from += length) {
        out.push_back({from, std::min<Instant>(from + length, to), 0, Quality::missing, {}});
    }
}

// What the intervals of one item have in common. A local hour is told from its repetition on the
// day the clock falls back by the UTC offset.
struct GroupKey {
    std::int64_t unit = 0;
    std::int32_t offset = 0;
    bool operator==(const GroupKey&) const = default;
};

GroupKey group_key(Instant start, Step step, const Zone& zone) {
    using namespace std::chrono;
    switch (step) {
    case Step::interval:
        return {unix_seconds(start)};
    case Step::hour:
        return {floor<hours>(zone.local(start)).time_since_epoch().count(), zone.offset(start)};
    case Step::day:
        return {day_number(zone.day_of(start))};
    case Step::month:
        break;
    }
    const year_month_day date(zone.day_of(start));
    const int month = static_cast<int>(static_cast<unsigned>(date.month()));
    return {static_cast<int>(date.year()) * 12 + month};
}

void add_to(SeriesItem& item, const SeriesInterval& interval, bool first_value) {
    item.end = interval.end;
    if (interval.quality == Quality::missing) {
        ++item.missing;
        return;
    }
    item.wh += interval.wh;
    item.quality = first_value ? interval.quality : std::min(item.quality, interval.quality);
    if (first_value) {
        item.layer = interval.layer;
    } else if (item.layer != interval.layer) {
        item.layer.reset();
    }
}

}  // namespace

std::int32_t shortest_minutes(std::span<const StoredBlock> blocks) {
    std::int32_t least = blocks.empty() ? 15 : 60;
    for (const StoredBlock& stored : blocks)
        least = std::min(least, stored.block.minutes);
    return least;
}

std::vector<SeriesInterval> assemble_series(
    std::span<const StoredBlock> blocks,
    Instant from,
    Instant to,
    std::int32_t minutes,
    LayerChoice choice
) {
    USAGECTL_ASSERT(minutes > 0);
    const std::chrono::minutes length(minutes);
    const Intervals values = all_values(blocks, from, to, choice);
    Intervals series;
    series.reserve(values.size());
    // No instant is counted twice: a value that starts within one already taken is left out.
    Instant covered = from;
    for (const SeriesInterval& value : values) {
        if (value.start < covered)
            continue;
        add_missing(covered, value.start, length, series);
        series.push_back(value);
        covered = value.end;
    }
    add_missing(covered, to, length, series);
    return series;
}

std::vector<SeriesItem>
sum_by(std::span<const SeriesInterval> intervals, Step step, const Zone& zone) {
    std::vector<SeriesItem> items;
    GroupKey current;
    bool any_value = false;
    for (const SeriesInterval& interval : intervals) {
        const GroupKey key = group_key(interval.start, step, zone);
        if (items.empty() || !(key == current)) {
            items.emplace_back().start = interval.start;
            current = key;
            any_value = false;
        }
        add_to(items.back(), interval, !any_value);
        any_value = any_value || interval.quality != Quality::missing;
    }
    return items;
}

}  // namespace usagectl::meter
