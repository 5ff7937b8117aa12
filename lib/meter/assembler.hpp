// SPDX-License-Identifier: MIT
// Gathers single intervals into day blocks, in whatever order a file gives them, in bounded memory.
//
// A reader opens a Series per meter, channel and revision and puts intervals into it. Consecutive
// intervals are the fast path. A block is packed into the current batch when it is complete, when
// its series leaves the day or changes its interval length or revision, and when the table of open
// series is full; full batches go to the sink. The same slot given twice packs the block first, so
// that the store's merge rule decides, in file order.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "meter/batch.hpp"
#include "meter/day_block.hpp"

namespace usagectl::meter {

enum class PutStatus : std::uint8_t {
    taken,
    negative,    // wh < 0
    too_large,   // wh > max_interval_wh, or more than the control total can hold
    future,      // the interval ends after AssemblerOptions::latest_end
    too_old,     // before 1970-01-02
    misaligned,  // not on the grid of the day's first interval, or that one not on 5 minutes
};
// A sentence for the reject line, e.g. "interval ends in the future".
[[nodiscard]] std::string_view reason(PutStatus status);

struct AssemblerOptions {
    // The zone of meters that `zone_of` does not know.
    const Zone* zone = nullptr;
    // The stored zone of a meter where it differs from `zone`; nullptr when it does not. Called on
    // the parsing thread, once per opened series.
    std::function<const Zone*(std::string_view meter)> zone_of;
    // Intervals ending later than this are refused.
    Instant latest_end{};
    std::size_t batch_blocks = 4096;
    std::size_t open_series = 4096;
    // What has been counted of the file before; tally() goes on from there.
    ReadTally counted = {};
};

class Assembler {
public:
    Assembler(AssemblerOptions options, BatchSink& sink);
    ~Assembler();
    Assembler(const Assembler&) = delete;
    Assembler& operator=(const Assembler&) = delete;

    class Series;

    // Finds or opens the series. `meter` must be MeterId::valid and `minutes`
    // valid_interval_minutes. `revision` is unix seconds, 0 when the file does not say. The
    // reference stays good until the next open() or finish(). `stated` is the zone the file itself
    // gives the meter; it comes after zone_of and before the default.
    Series& open(
        std::string_view meter,
        Channel channel,
        std::int32_t minutes,
        std::int64_t revision,
        const Zone* stated = nullptr
    );

    // Adds one interval starting at `start`. Counts it when taken; the caller rejects it otherwise.
    PutStatus
    put(Series& series, Instant start, std::int64_t wh, Quality quality, std::uint64_t line);

    // Adds a run of intervals of one day, back to back from `start`; all of one quality. The fast
    // path for readers that see a whole row at once. Stops at the first one not taken: returns how
    // many were taken and the status of the one that was not.
    struct RunResult {
        std::size_t taken = 0;
        PutStatus status = PutStatus::taken;
    };
    RunResult put_run(
        Series& series,
        Instant start,
        const std::int64_t* wh,
        std::size_t size,
        Quality quality,
        std::uint64_t line
    );

    void count_records(std::uint64_t records) { tally_.records += records; }
    void count_blanks(std::uint64_t blanks) { tally_.blanks += blanks; }
    void count_rounded(std::uint64_t values) { tally_.rounded += values; }
    // Counts and queues a rejected record. Its intervals count as read and rejected. Text beyond
    // max_record is left out and the reject marked as cut.
    void reject(Reject reject);

    // Packs every open series and hands over the last batch.
    void finish();

    [[nodiscard]] const ReadTally& tally() const { return tally_; }

private:
    struct State;
    [[nodiscard]] Series& open_new(std::string_view meter, Channel channel, const Zone* stated);
    void retune(Series& series, std::int32_t minutes, std::int64_t revision);
    [[nodiscard]] PutStatus place(Series& series, std::int64_t seconds, std::uint64_t line);
    [[nodiscard]] PutStatus begin(Series& series, std::int64_t seconds, std::uint64_t line);
    [[nodiscard]] bool put_whole(
        Series& series,
        std::int64_t seconds,
        const std::int64_t* wh,
        std::size_t size,
        Quality quality,
        std::uint64_t line
    );
    void count(std::int64_t first, std::int64_t end, std::size_t intervals, std::int64_t wh);
    void flush(Series& series);
    void pack(Series& series);
    void hand_over_when_full();
    void hand_over();

    AssemblerOptions options_;
    BatchSink& sink_;
    ReadTally tally_;
    BlockBatch batch_;
    std::unique_ptr<State> state_;
};

}  // namespace usagectl::meter
