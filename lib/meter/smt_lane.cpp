// SPDX-License-Identifier: MIT
#include "meter/smt_lane.hpp"

#include <algorithm>
#include <cstring>

#include "base/assert.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {
namespace {

constexpr std::int32_t day_minutes = 24 * 60;

void write_time(char* at, std::int32_t minute) {
    const auto digit = [](std::int32_t value) { return static_cast<char>('0' + value % 10); };
    at[0] = digit(minute / 600);
    at[1] = digit(minute / 60);
    at[2] = ':';
    at[3] = digit(minute % 60 / 10);
    at[4] = digit(minute);
}

}  // namespace

bool SmtLane::continues(const SmtInterval& interval) const {
    return size_ != 0 && size_ != wh_.size() && interval.day_from == day_from_ &&
           interval.start == start_ + std::chrono::minutes(static_cast<int>(size_) * minutes_) &&
           interval.minutes == minutes_ && interval.quality == quality_ &&
           interval.revision == revision_ && interval.channel == channel_ &&
           interval.meter == meter_;
}

void SmtLane::add(const SmtInterval& interval, std::uint64_t number, std::string_view line) {
    if (size_ == 0) {
        meter_ = interval.meter;
        channel_ = interval.channel;
        minutes_ = interval.minutes;
        revision_ = interval.revision;
        quality_ = interval.quality;
        day_from_ = interval.day_from;
        start_ = interval.start;
    }
    USAGECTL_ASSERT(size_ < wh_.size());
    wh_[size_] = interval.wh;
    if (size_ == 0)
        line_ = number;
    rows_[size_] = line.data();
    ++size_;
}

std::uint64_t SmtLane::line_of(std::size_t row) const {
    return line_ + static_cast<std::uint64_t>(std::count(rows_[0], rows_[row], '\n'));
}

std::string_view SmtLane::text_of(std::size_t row) const {
    const char* stop = rows_[row];
    while (*stop++ != '\n') {
    }
    return {rows_[row], static_cast<std::size_t>(stop - rows_[row])};
}

void SmtLane::write_times(std::int32_t minutes, bool blanks) {
    const std::size_t size = blanks ? 14 : 12;
    if (minutes == times_minutes_ && size == times_size_)
        return;
    times_minutes_ = minutes;
    times_size_ = size;
    times_.clear();
    for (std::int32_t start = 0; start != day_minutes; start += minutes) {
        TimesText text{};
        text.fill(' ');
        const std::size_t half = size / 2;
        write_time(text.data() + half - 6, start);
        write_time(text.data() + size - 6, (start + minutes) % day_minutes);
        text[half - 1] = ',';
        text[size - 1] = ',';
        times_.push_back(text);
    }
}

void SmtLane::predict(const SmtInterval& interval, const SmtRowText& row) {
    next_slot_ = times_.size();
    const std::size_t suffix_size = row.line.size() - row.value_end;
    if (!interval.plain_day || row.times_at > longest_prefix || suffix_size > longest_suffix)
        return;
    write_times(interval.minutes, row.line[row.times_at] == ' ');
    next_slot_ = times_.size();

    const std::int64_t seconds = (interval.start - interval.day_from).count();
    if (seconds % (interval.minutes * 60) != 0)
        return;
    const auto slot = static_cast<std::size_t>(seconds / (interval.minutes * 60));
    const std::string_view written(times_[slot].data(), times_size_);
    if (row.line.substr(row.times_at, row.value_at - row.times_at) != written)
        return;
    prefix_size_ = row.times_at;
    suffix_size_ = suffix_size;
    std::memcpy(prefix_.data(), row.line.data(), prefix_size_);
    std::memcpy(suffix_.data(), row.line.data() + row.value_end, suffix_size_);
    next_slot_ = slot + 1;
}

const char* SmtLane::take(const char* at, const char* end, std::uint64_t& number) {
    constexpr std::size_t longest_value = 8;
    const std::size_t longest = prefix_size_ + times_size_ + longest_value + suffix_size_;
    std::size_t slot = next_slot_;
    std::size_t size = size_;
    if (size == 0)
        start_ = day_from_ + std::chrono::minutes(static_cast<int>(slot) * minutes_);
    const std::uint64_t first = number + 1;
    while (slot != times_.size() && static_cast<std::size_t>(end - at) >= longest) {
        const char* text = at + prefix_size_;
        if (!same_bytes(text, times_[slot].data(), times_size_))
            break;
        if (!same_bytes(at, prefix_.data(), prefix_size_))
            break;
        text += times_size_;
        const Thousandths value = scan_thousandths(text);
        text += value.size;
        if (value.size == 0 || !same_bytes(text, suffix_.data(), suffix_size_))
            break;
        wh_[size] = value.value;
        rows_[size] = at;
        ++size;
        ++slot;
        at = text + suffix_size_;
    }
    number += slot - next_slot_;
    if (size_ == 0)
        line_ = first;
    size_ = size;
    next_slot_ = slot;
    return at;
}

}  // namespace usagectl::meter
