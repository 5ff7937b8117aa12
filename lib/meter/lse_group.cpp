// SPDX-License-Identifier: MIT
#include "meter/lse_group.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "meter/local_text.hpp"

namespace usagectl::meter {
namespace {

constexpr std::size_t first_room = 512;

struct Readings {
    std::array<Instant, 2> at;
    std::size_t count = 0;
};

[[nodiscard]] Readings read_clock(LocalTime time, bool prevailing, const Zone& zone) {
    if (!prevailing)
        return {{zone.from_standard(time)}, 1};
    const Zone::Readings readings = zone.readings(time);
    return {{readings.first, readings.second}, static_cast<std::size_t>(readings.count)};
}

[[nodiscard]] std::int64_t revision_of(const LseHeader& header, const Zone& zone) {
    if (!header.stamp)
        return 0;
    return unix_seconds(
        header.prevailing ? wall_instant(*header.stamp, zone) : zone.from_standard(*header.stamp)
    );
}

void add_refused(std::vector<LseGroup::Refused>& refused, PutStatus status) {
    const auto same = std::find_if(refused.begin(), refused.end(), [&](const auto& known) {
        return known.status == status;
    });
    if (same == refused.end()) {
        refused.push_back({status, 1});
    } else {
        ++same->count;
    }
}

}  // namespace

void LseGroup::clear() {
    size_ = 0;
    present_ = 0;
    starts_.clear();
    rows_.clear();
}

std::optional<std::string> LseGroup::place(const Zone& zone) {
    const PlacedBy by{
        header.start, header.stop, header.stamp, header.seconds, header.prevailing, &zone};
    span_ = 0;
    if (by == placed_by_)
        return {};  // the usual case: the same day for meter after meter
    placed_by_ = {};
    const Readings starts = read_clock(header.start, header.prevailing, zone);
    const Readings stops = read_clock(header.stop, header.prevailing, zone);
    if (starts.count == 0)
        return "start time does not exist in local time";
    if (stops.count == 0)
        return "stop time does not exist in local time";
    span_count_ = 0;
    for (std::size_t start = 0; start != starts.count; ++start) {
        for (std::size_t stop = 0; stop != stops.count; ++stop) {
            const Instant from = starts.at[start];
            spans_[span_count_++] = {from, header.end(from, stops.at[stop])};
        }
    }
    revision_ = revision_of(header, zone);
    placed_by_ = by;
    return {};
}

void LseGroup::grow() {
    const std::size_t size = std::min(max_values, std::max(first_room, wh_.size() * 2));
    wh_.resize(size);
    quality_.resize(size);
}

void LseGroup::add(std::int64_t wh, Quality quality) {
    USAGECTL_ASSERT(!full());
    if (size_ == wh_.size())
        grow();
    if (!starts_.empty() && starts_.size() == size_) {
        starts_.push_back(unix_seconds(implied_start(size_)));
    }
    wh_[size_] = wh;
    quality_[size_] = quality;
    ++size_;
    if (quality != Quality::missing)
        ++present_;
}

void LseGroup::set_start(Instant start) {
    if (starts_.empty()) {
        if (start == implied_start(size_))
            return;
        for (std::size_t i = 0; i != size_; ++i)
            starts_.push_back(unix_seconds(implied_start(i)));
    }
    starts_.push_back(unix_seconds(start));
}

LseGroup::Room LseGroup::room() {
    if (!starts_.empty())
        return {};
    if (size_ == wh_.size() && !full())
        grow();
    return {wh_.data() + size_, quality_.data() + size_, wh_.size() - size_};
}

void LseGroup::took(std::size_t count) {
    size_ += count;
    present_ += count;
}

Instant LseGroup::implied_start(std::size_t value) const {
    return spans_[span_].from +
           std::chrono::seconds(static_cast<std::int64_t>(value) * header.seconds);
}

LseRowSpan LseGroup::row_span(std::uint64_t line) const {
    const auto row = std::lower_bound(
        rows_.begin(),
        rows_.end(),
        line,
        [](const Row& known, std::uint64_t number) { return known.line < number; }
    );
    if (row == rows_.end() || row->line != line)
        return {};
    const auto next = row + 1;
    const std::size_t end = next == rows_.end() ? size_ : next->first;
    return {implied_start(row->first), implied_start(end), revision_};
}

Instant LseGroup::start_of(std::size_t value) const {
    return starts_.empty() ? implied_start(value) : instant(starts_[value]);
}

bool LseGroup::covers(Instant start) const {
    return start >= spans_[span_].from &&
           start + std::chrono::seconds(header.seconds) <= spans_[span_].to;
}

bool LseGroup::on_grid(Instant start) const {
    return (start - spans_[span_].from).count() % header.seconds == 0;
}

std::optional<std::string> LseGroup::close() {
    const std::chrono::seconds filled(static_cast<std::int64_t>(size_) * header.seconds);
    for (span_ = 0; span_ != span_count_; ++span_) {
        // Starts given by the values were read against the first span and would not fit another.
        if (spans_[span_].to - spans_[span_].from == filled && (span_ == 0 || starts_.empty())) {
            return {};
        }
    }
    span_ = 0;
    const std::int64_t seconds = (spans_[0].to - spans_[0].from).count();
    const std::string found =
        "possible file corruption: " + std::to_string(size_) + " intervals of ";
    const std::string length = std::to_string(header.seconds / 60) + " minutes, ";
    if (seconds <= 0 || seconds % header.seconds != 0) {
        return found + length + "but start to stop is not a whole number of them";
    }
    return found + length + "but start to stop holds " + std::to_string(seconds / header.seconds);
}

// One past the last value of the run that starts at `from`: back to back and of one quality.
std::size_t LseGroup::run_end(std::size_t from) const {
    const auto first = quality_.begin() + static_cast<std::ptrdiff_t>(from);
    const auto all = quality_.begin() + static_cast<std::ptrdiff_t>(size_);
    const Quality quality = *first;
    const auto other = std::find_if(first, all, [quality](Quality q) { return q != quality; });
    const auto end = static_cast<std::size_t>(other - quality_.begin());
    if (starts_.empty())
        return end;
    std::size_t stop = from + 1;
    while (stop != end && starts_[stop] == starts_[stop - 1] + header.seconds)
        ++stop;
    return stop;
}

Instant LseGroup::day_end(Instant start, const Zone& zone) {
    if (day_zone_ != &zone || start < day_from_ || start >= day_to_) {
        const LocalDay day = zone.day_of(start);
        day_zone_ = &zone;
        day_from_ = zone.day_start(day);
        day_to_ = zone.day_start(day + std::chrono::days(1));
    }
    return day_to_;
}

std::vector<LseGroup::Refused> LseGroup::put(Assembler& assembler, const Zone& zone) {
    std::vector<Refused> refused;
    const auto minutes = static_cast<std::int32_t>(header.seconds / 60);
    Assembler::Series& series = assembler.open(header.meter, header.channel, minutes, revision_);
    std::size_t row = 0;
    for (std::size_t i = 0; i != size_;) {
        std::size_t stop = run_end(i);
        if (quality_[i] == Quality::missing) {
            i = stop;
            continue;
        }
        const Instant start = start_of(i);
        const std::int64_t left = (day_end(start, zone) - start).count();
        const auto in_day = static_cast<std::size_t>((left + header.seconds - 1) / header.seconds);
        stop = std::min(stop, i + in_day);
        while (row + 1 < rows_.size() && rows_[row + 1].first <= i)
            ++row;
        const Assembler::RunResult result = assembler.put_run(
            series, start, wh_.data() + i, stop - i, quality_[i], rows_[row].line
        );
        i += result.taken;
        if (i != stop) {
            add_refused(refused, result.status);
            ++i;
        }
    }
    return refused;
}

}  // namespace usagectl::meter
