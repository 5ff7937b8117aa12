// SPDX-License-Identifier: MIT
// Rows of a Smart Meter Texas file as they usually come: meter, date, revision, channel and flag as
// in the row before, the times one interval on. Such rows are recognised by comparing bytes with
// what the row before them predicts; only the value is read. Any difference ends the prediction and
// leaves the row to the general way.
//
// A lane serves one channel, so that files which alternate between the two keep two predictions. It
// gathers a run of intervals of one day, back to back and of one quality, until it is flushed.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "meter/assembler.hpp"
#include "meter/day_block.hpp"

namespace usagectl::meter {

// What a row says, resolved to instants.
struct SmtInterval {
    std::string_view meter;
    Channel channel = Channel::consumption;
    std::int32_t minutes = 15;
    std::int64_t revision = 0;
    Instant day_from{};  // the local day of the row
    Instant start{};
    std::int64_t wh = 0;
    Quality quality = Quality::actual;
    bool plain_day = false;  // 24 hours without a change of the clock
};

// Where the parts of a row lie, when start, end and value follow one another and more follows them.
struct SmtRowText {
    std::string_view line;     // with its line feed; good until the lane is flushed
    std::size_t times_at = 0;  // the start time, with the blank that may come before it
    std::size_t value_at = 0;
    std::size_t value_end = 0;
};

class SmtLane {
public:
    struct Refusal {
        std::uint64_t line = 0;
        std::string_view text;
        std::string_view meter;
        Instant start{};
        PutStatus status = PutStatus::taken;
    };

    // True when the interval continues the run gathered so far.
    [[nodiscard]] bool continues(const SmtInterval& interval) const;
    // Begins a run, or adds to it when it continues it. `number` is the row's line number.
    // Precondition: flushed, or continues(interval).
    void add(const SmtInterval& interval, std::uint64_t number, std::string_view line);
    // Predicts the rows that follow this one, which was just added; never wrong, perhaps nothing.
    void predict(const SmtInterval& interval, const SmtRowText& row);

    // Takes rows that are as predicted, from `at` on, all before `end`; returns the first that is
    // not. `number` is the line number of the row before `at`, and counts on.
    [[nodiscard]] const char* take(const char* at, const char* end, std::uint64_t& number);

    // Puts the run into the assembler and forgets it, not what it predicts. What is refused is
    // handed to `refuse`.
    template <class Refuse>
    void flush(Assembler& assembler, Refuse&& refuse) {
        if (size_ == 0)
            return;
        Assembler::Series& series = assembler.open(meter_, channel_, minutes_, revision_);
        for (std::size_t i = 0; i != size_;) {
            const Instant start = start_ + std::chrono::minutes(static_cast<int>(i) * minutes_);
            const Assembler::RunResult result =
                assembler.put_run(series, start, wh_.data() + i, size_ - i, quality_, line_of(i));
            i += result.taken;
            if (i == size_)
                break;
            const auto passed = std::chrono::minutes(static_cast<int>(result.taken) * minutes_);
            refuse(Refusal{line_of(i), text_of(i), meter_, start + passed, result.status});
            ++i;
        }
        size_ = 0;
    }

private:
    static constexpr std::size_t longest_prefix = 128;
    static constexpr std::size_t longest_suffix = 64;
    // `00:15,00:30,` or ` 00:15, 00:30,`, in place for two loads of eight.
    using TimesText = std::array<char, 16>;

    // Where a row of the run is; all of them lie in one piece of the file.
    [[nodiscard]] std::uint64_t line_of(std::size_t row) const;
    [[nodiscard]] std::string_view text_of(std::size_t row) const;
    void write_times(std::int32_t minutes, bool blanks);

    std::string meter_;
    Channel channel_ = Channel::consumption;
    std::int32_t minutes_ = 0;
    std::int64_t revision_ = 0;
    Quality quality_ = Quality::actual;
    Instant day_from_{};
    Instant start_{};
    std::size_t size_ = 0;
    std::array<std::int64_t, max_slots> wh_;
    std::array<const char*, max_slots> rows_;
    std::uint64_t line_ = 0;  // of the first row

    std::array<char, longest_prefix> prefix_{};
    std::array<char, longest_suffix> suffix_{};
    std::size_t prefix_size_ = 0;
    std::size_t suffix_size_ = 0;
    std::vector<TimesText> times_;  // by slot of the day
    std::int32_t times_minutes_ = 0;
    std::size_t times_size_ = 0;
    std::size_t next_slot_ = 0;  // predicted; times_.size(): nothing is
};

}  // namespace usagectl::meter
