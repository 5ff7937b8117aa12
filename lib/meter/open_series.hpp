// SPDX-License-Identifier: MIT
// The series an Assembler has open: found by meter and channel, at most so many, the least recently
// used one first to go. A series keeps its place in memory as long as it is in the table.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "meter/assembler.hpp"

namespace usagectl::meter {

// The values of a day not yet packed. Sized by the day, not by the longest one, so that four
// thousand of them stay within a few megabytes.
struct OpenBlock {
    LocalDay day{};
    std::int64_t day_start = 0;  // unix seconds, as are the next three
    std::int64_t day_end = 0;
    std::int64_t start = 0;       // of the first slot
    std::int64_t next_start = 0;  // where the next interval is expected, and its slot
    std::int32_t next_slot = 0;
    std::int32_t count = 0;
    std::int32_t present = 0;
    std::uint64_t line = 0;      // of the first value
    std::uint64_t sequence = 0;  // blocks are numbered as they are begun
    std::vector<std::int64_t> wh;
    std::vector<Quality> quality;
};

class Assembler::Series {
public:
    [[nodiscard]] std::string_view name() const { return {name_.data(), name_size_}; }
    [[nodiscard]] bool is(std::string_view meter, Channel number) const {
        return number == channel && meter == name();
    }

    Channel channel = Channel::consumption;
    std::int32_t minutes = 15;
    std::int64_t step = 900;  // the same in seconds
    std::int64_t revision = 0;
    std::int64_t latest_start =
        0;  // unix seconds; an interval that starts later ends in the future
    const Zone* zone = nullptr;
    std::unique_ptr<OpenBlock> block;  // none: idle

private:
    friend class OpenSeries;

    std::array<char, 64> name_{};
    std::uint8_t name_size_ = 0;
    std::size_t hash_ = 0;
    Series* next_of_bucket_ = nullptr;
    Series* newer_ = nullptr;
    Series* older_ = nullptr;
};

class OpenSeries {
public:
    using Series = Assembler::Series;

    explicit OpenSeries(std::size_t capacity);

    // The series as most recently used, or nullptr.
    [[nodiscard]] Series* find(std::string_view meter, Channel channel);
    [[nodiscard]] bool full() const { return used_ == capacity_; }
    // The least recently used one; precondition: not empty.
    [[nodiscard]] Series& oldest() { return *oldest_; }
    // An idle series made the next to go.
    void retire(Series& series);
    void erase(Series& series);
    // Precondition: not full, and find() has not found it.
    [[nodiscard]] Series& insert(std::string_view meter, Channel channel);
    // Those with an open block, in the order the blocks were begun.
    [[nodiscard]] std::vector<Series*> in_order_of_use();

private:
    [[nodiscard]] Series*& bucket(std::size_t hash) {
        return buckets_[hash & (buckets_.size() - 1)];
    }
    void touch(Series& series);
    void unlink(Series& series);
    void link_newest(Series& series);

    std::size_t capacity_;
    std::size_t used_ = 0;
    std::vector<Series*> buckets_;
    std::deque<Series> all_;
    std::vector<Series*> free_;
    Series* newest_ = nullptr;
    Series* oldest_ = nullptr;
    // Files alternate between the two channels of a meter: these two are found without hashing.
    std::array<Series*, 2> recent_{};
};

}  // namespace usagectl::meter
