// SPDX-License-Identifier: MIT
#include "app/meter_days.hpp"

#include <algorithm>
#include <array>

#include "meter/estimation.hpp"

namespace usagectl::app {

namespace {

using meter::Channel;
using meter::Layer;
using meter::Quality;
using meter::SeriesInterval;
using std::chrono::days;

constexpr std::array layers{Layer::vee, Layer::raw};
constexpr days longest_look_back{400};

void append(std::vector<meter::StoredBlock>& blocks, std::vector<meter::StoredBlock> more) {
    if (blocks.empty())
        blocks = std::move(more);
    else
        std::move(more.begin(), more.end(), std::back_inserter(blocks));
}

// The end of the last reading in a layer's blocks that is over by `until`.
std::optional<Instant>
last_end(const std::vector<meter::StoredBlock>& blocks, Layer layer, Instant until) {
    std::optional<Instant> last;
    for (const auto& [day, of, block] : blocks) {
        if (of != layer)
            continue;
        for (int slot = 0; slot < block.count; ++slot) {
            if (block.quality.at(static_cast<std::size_t>(slot)) == Quality::missing)
                continue;
            const auto end = block.slot_start(slot) + std::chrono::minutes(block.minutes);
            if (end <= until && (!last || *last < end))
                last = end;
        }
    }
    return last;
}

}  // namespace

MeterDays::MeterDays(Store& store, MeterDaysWanted wanted)
    : wanted_(std::move(wanted)) {
    const auto& range = wanted_.days;
    const auto first = range.first - meter::estimation_history;
    for (const auto layer : layers) {
        append(used_, read(store, Channel::consumption, layer, {first, range.last}));
        if (range.first <= range.last)
            append(fed_in_, read(store, Channel::generation, layer, range));
    }
    if (range.last < range.first)
        return;
    series_ = meter::assemble_series(
        used_,
        wanted_.zone->day_start(first),
        std::min(wanted_.zone->day_start(range.last + days(1)), wanted_.until),
        meter::shortest_minutes(used_),
        meter::LayerChoice::best
    );
    while (!series_.empty() && series_.back().end > wanted_.until)
        series_.pop_back();
}

std::vector<meter::StoredBlock>
MeterDays::read(Store& store, Channel channel, Layer layer, meter::DayRange range) const {
    return wanted_.meters.read(store, {channel, layer, range, wanted_.known_at});
}

// Where the day begins in the series, and where it ends.
std::pair<std::size_t, std::size_t> MeterDays::places_of(LocalDay day) const {
    const auto place = [this](Instant at) {
        const auto found = std::lower_bound(
            series_.begin(),
            series_.end(),
            at,
            [](const SeriesInterval& interval, Instant start) { return interval.start < start; }
        );
        return static_cast<std::size_t>(found - series_.begin());
    };
    return {place(wanted_.zone->day_start(day)), place(wanted_.zone->day_start(day + days(1)))};
}

std::vector<SeriesInterval> MeterDays::consumption(LocalDay day, bool estimated) const {
    const auto [first, end] = places_of(day);
    // Only what lies before the day's end goes into its estimate, as it is when the day is charged.
    const auto so_far = std::span(series_).first(end);
    if (estimated)
        return meter::fill_missing(so_far, first, *wanted_.zone);
    const auto of_day = so_far.subspan(first);
    return {of_day.begin(), of_day.end()};
}

std::vector<SeriesInterval> MeterDays::generation(LocalDay day) const {
    std::vector<meter::StoredBlock> blocks;
    for (const auto& each : fed_in_) {
        if (each.day == day)
            blocks.push_back(each);
    }
    if (blocks.empty())
        return {};
    auto intervals = meter::assemble_series(
        blocks,
        wanted_.zone->day_start(day),
        std::min(wanted_.zone->day_start(day + days(1)), wanted_.until),
        meter::shortest_minutes(blocks),
        meter::LayerChoice::best
    );
    while (!intervals.empty() && intervals.back().end > wanted_.until)
        intervals.pop_back();
    return intervals;
}

std::optional<Instant> MeterDays::through(Store& store, Layer layer) const {
    if (auto found = last_end(used_, layer, wanted_.until))
        return found;
    const auto before = wanted_.days.first - meter::estimation_history;
    auto older =
        read(store, Channel::consumption, layer, {before - longest_look_back, before - days(1)});
    return last_end(older, layer, wanted_.until);
}

}  // namespace usagectl::app
