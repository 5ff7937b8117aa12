// SPDX-License-Identifier: MIT
#include "meter/assembler.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/assert.hpp"
#include "meter/codec.hpp"
#include "meter/local_days.hpp"
#include "meter/open_series.hpp"

namespace usagectl::meter {

namespace {

constexpr std::int64_t earliest_start = 86'400;  // 1970-01-02: no local day before 1970 is touched
constexpr std::int64_t finest_phase = 300;
constexpr std::size_t batch_bytes = 1 << 20;

// All values in [0, max_interval_wh]: the top bit of either term gives the others away.
bool all_in_range(const std::int64_t* wh, std::size_t size) {
    std::uint64_t top = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const auto value = static_cast<std::uint64_t>(wh[i]);
        top |= value | (static_cast<std::uint64_t>(max_interval_wh) - value);
    }
    return top >> 63 == 0;
}

}  // namespace

std::string_view reason(PutStatus status) {
    switch (status) {
    case PutStatus::taken:
        break;
    case PutStatus::negative:
        return "energy is negative";
    case PutStatus::too_large:
        return "energy is more than can be counted";
    case PutStatus::future:
        return "interval ends in the future";
    case PutStatus::too_old:
        return "interval starts before 1970-01-02";
    case PutStatus::misaligned:
        return "interval is not on the day's grid of intervals";
    }
    return "interval is taken";
}

struct Assembler::State {
    explicit State(std::size_t open_series)
        : series(open_series) {}

    std::unique_ptr<OpenBlock> new_block() {
        if (spare.empty())
            return std::make_unique<OpenBlock>();
        std::unique_ptr<OpenBlock> block = std::move(spare.back());
        spare.pop_back();
        return block;
    }

    OpenSeries series;
    LocalDays days;
    std::vector<std::unique_ptr<OpenBlock>> spare;  // last in, first out: the warm one
    std::uint64_t blocks_begun = 0;
    std::size_t reject_bytes = 0;  // in the batch
    DayBlock unpacked;
};

Assembler::Assembler(AssemblerOptions options, BatchSink& sink)
    : options_(std::move(options))
    , sink_(sink)
    , tally_(options_.counted)
    , state_(std::make_unique<State>(options_.open_series)) {
    USAGECTL_ASSERT(options_.zone != nullptr && options_.batch_blocks > 0);
}

Assembler::~Assembler() = default;

Assembler::Series& Assembler::open(
    std::string_view meter,
    Channel channel,
    std::int32_t minutes,
    std::int64_t revision,
    const Zone* stated
) {
    Series* found = state_->series.find(meter, channel);
    Series& series = found != nullptr ? *found : open_new(meter, channel, stated);
    if (found == nullptr || series.minutes != minutes || series.revision != revision)
        retune(series, minutes, revision);
    return series;
}

Assembler::Series&
Assembler::open_new(std::string_view meter, Channel channel, const Zone* stated) {
    USAGECTL_ASSERT(MeterId::valid(meter));
    OpenSeries& table = state_->series;
    if (table.full()) {
        Series& oldest = table.oldest();
        flush(oldest);
        table.erase(oldest);
    }
    const Zone* zone = options_.zone_of ? options_.zone_of(meter) : nullptr;
    if (zone == nullptr)
        zone = stated;
    Series& series = table.insert(meter, channel);
    series.zone = zone != nullptr ? zone : options_.zone;
    return series;
}

// One block at a time is open per meter and channel: what came with the revision before goes first,
// so that the store sees every slot in the order of the file.
void Assembler::retune(Series& series, std::int32_t minutes, std::int64_t revision) {
    USAGECTL_ASSERT(valid_interval_minutes(minutes));
    if (series.block != nullptr)
        pack(series);
    series.minutes = minutes;
    series.step = std::int64_t{minutes} * 60;
    series.revision = revision;
    series.latest_start = unix_seconds(options_.latest_end) - series.step;
}

PutStatus Assembler::put(
    Series& series, Instant start, std::int64_t wh, Quality quality, std::uint64_t line
) {
    const std::int64_t seconds = unix_seconds(start);
    if (wh < 0)
        return PutStatus::negative;
    if (wh > max_interval_wh || wh > std::numeric_limits<std::int64_t>::max() - tally_.total_wh)
        return PutStatus::too_large;
    if (seconds < earliest_start)
        return PutStatus::too_old;
    if (seconds > series.latest_start)
        return PutStatus::future;
    USAGECTL_ASSERT(quality != Quality::missing);

    if (series.block == nullptr || seconds != series.block->next_start)
        if (const PutStatus status = place(series, seconds, line); status != PutStatus::taken)
            return status;
    auto slot = static_cast<std::size_t>(series.block->next_slot);
    if (series.block->quality[slot] != Quality::missing) {
        pack(series);
        if (const PutStatus status = begin(series, seconds, line); status != PutStatus::taken)
            return status;
        slot = static_cast<std::size_t>(series.block->next_slot);
    }

    OpenBlock& block = *series.block;
    block.wh[slot] = wh;
    block.quality[slot] = quality;
    ++block.next_slot;
    block.next_start = block.next_slot < block.count ? seconds + series.step : 0;
    count(seconds, seconds + series.step, 1, wh);
    if (++block.present == block.count)
        flush(series);
    return PutStatus::taken;
}

// Makes the slot of `seconds` the next one of the open block, or of a new one when that instant is
// not of its day.
PutStatus Assembler::place(Series& series, std::int64_t seconds, std::uint64_t line) {
    OpenBlock* block = series.block.get();
    if (block == nullptr || seconds < block->day_start || seconds >= block->day_end)
        return begin(series, seconds, line);
    const std::int64_t slot = (seconds - block->start) / series.step;
    if (seconds < block->start || block->start + slot * series.step != seconds)
        return PutStatus::misaligned;
    block->next_start = seconds;
    block->next_slot = static_cast<std::int32_t>(slot);
    return PutStatus::taken;
}

// Begins the block of the day that holds `seconds`, on the grid of that instant. The phase against
// the day's start is normally zero; a file of hourly values in UTC has another in half-hour zones.
PutStatus Assembler::begin(Series& series, std::int64_t seconds, std::uint64_t line) {
    const LocalDays::Day& day = state_->days.find(series.zone, seconds);
    const std::int64_t phase = (seconds - day.start) % series.step;
    // A packed block begins on a whole minute; old local mean times do not.
    if (phase % finest_phase != 0 || seconds % 60 != 0)
        return PutStatus::misaligned;
    if (series.block != nullptr)
        pack(series);

    std::unique_ptr<OpenBlock> block = state_->new_block();
    block->day = day.day;
    block->day_start = day.start;
    block->day_end = day.end;
    block->start = day.start + phase;
    block->count =
        static_cast<std::int32_t>((day.end - block->start + series.step - 1) / series.step);
    USAGECTL_ASSERT(block->count > 0 && block->count <= max_slots);
    block->present = 0;
    block->line = line;
    block->sequence = state_->blocks_begun++;
    block->next_start = seconds;
    block->next_slot = static_cast<std::int32_t>((seconds - block->start) / series.step);
    const auto slots = static_cast<std::size_t>(block->count);
    block->wh.assign(slots, 0);
    block->quality.assign(slots, Quality::missing);
    series.block = std::move(block);
    return PutStatus::taken;
}

Assembler::RunResult Assembler::put_run(
    Series& series,
    Instant start,
    const std::int64_t* wh,
    std::size_t size,
    Quality quality,
    std::uint64_t line
) {
    if (put_whole(series, unix_seconds(start), wh, size, quality, line))
        return {size, PutStatus::taken};
    RunResult result;
    for (; result.taken < size; ++result.taken) {
        result.status = put(series, start, wh[result.taken], quality, line);
        if (result.status != PutStatus::taken)
            break;
        start += std::chrono::seconds(series.step);
    }
    return result;
}

// The whole run into free slots of one day; false, and nothing counted, when something about it
// wants a closer look.
bool Assembler::put_whole(
    Series& series,
    std::int64_t seconds,
    const std::int64_t* wh,
    std::size_t size,
    Quality quality,
    std::uint64_t line
) {
    if (size == 0 || size > max_slots || !all_in_range(wh, size))
        return false;
    const std::int64_t length = static_cast<std::int64_t>(size) * series.step;
    if (seconds < earliest_start || seconds > series.latest_start ||
        seconds + length - series.step > series.latest_start)
        return false;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i)
        sum += wh[i];
    if (sum > std::numeric_limits<std::int64_t>::max() - tally_.total_wh)
        return false;
    USAGECTL_ASSERT(quality != Quality::missing);

    if (series.block == nullptr || seconds != series.block->next_start)
        if (place(series, seconds, line) != PutStatus::taken)
            return false;
    OpenBlock& block = *series.block;
    const auto slot = block.next_slot;
    const auto slots = static_cast<std::int32_t>(size);
    const auto free_from = block.quality.begin() + slot;
    if (slots > block.count - slot ||
        std::any_of(free_from, free_from + slots, [](Quality q) { return q != Quality::missing; }))
        return false;
    std::copy_n(wh, size, block.wh.begin() + slot);
    std::fill_n(free_from, size, quality);
    block.next_slot += slots;
    block.next_start = block.next_slot < block.count ? seconds + length : 0;
    block.present += slots;
    count(seconds, seconds + length, size, sum);
    if (block.present == block.count)
        flush(series);
    return true;
}

void Assembler::count(
    std::int64_t first, std::int64_t end, std::size_t intervals, std::int64_t wh
) {
    tally_.intervals += intervals;
    tally_.total_wh += wh;
    if (!tally_.first || instant(first) < *tally_.first)
        tally_.first = instant(first);
    if (!tally_.last || instant(end) > *tally_.last)
        tally_.last = instant(end);
}

void Assembler::reject(Reject reject) {
    // Half a record or half a header would be read as something else.
    reject.cut = reject.cut || std::max(reject.record.size(), reject.context.size()) > max_record;
    reject.record.resize(std::min(reject.record.size(), max_record));
    if (reject.cut)
        reject.context.clear();
    tally_.intervals += reject.intervals;
    tally_.rejected += reject.intervals;
    state_->reject_bytes += reject.record.size() + reject.context.size() + reject.reason.size();
    batch_.rejects.push_back(std::move(reject));
    hand_over_when_full();
}

void Assembler::finish() {
    for (Series* series : state_->series.in_order_of_use())
        pack(*series);
    hand_over();
}

// Packs the block, if there is one, of a series that is not expected to go on with the day.
void Assembler::flush(Series& series) {
    if (series.block != nullptr)
        pack(series);
    state_->series.retire(series);
}

void Assembler::pack(Series& series) {
    const std::unique_ptr<OpenBlock>& block = series.block;
    DayBlock& unpacked = state_->unpacked;
    unpacked.start = instant(block->start);
    unpacked.minutes = series.minutes;
    unpacked.count = block->count;
    std::ranges::copy(block->wh, unpacked.wh.begin());
    std::ranges::copy(block->quality, unpacked.quality.begin());

    BlockBatch::Entry entry;
    const std::string_view name = series.name();
    if (!batch_.entries.empty() && batch_.name(batch_.entries.back()) == name) {
        entry.name_at = batch_.entries.back().name_at;
    } else {
        entry.name_at = static_cast<std::uint32_t>(batch_.arena.size());
        batch_.arena += name;
    }
    entry.name_size = static_cast<std::uint8_t>(name.size());
    entry.bytes_at = static_cast<std::uint32_t>(batch_.arena.size());
    encode(unpacked, block->day, batch_.arena);
    entry.bytes_size = static_cast<std::uint32_t>(batch_.arena.size()) - entry.bytes_at;
    entry.channel = series.channel;
    entry.minutes = static_cast<std::uint16_t>(series.minutes);
    entry.present = static_cast<std::uint16_t>(block->present);
    entry.day = block->day;
    entry.revision = series.revision;
    entry.line = block->line;
    entry.zone = series.zone;
    batch_.entries.push_back(entry);

    state_->spare.push_back(std::move(series.block));
    hand_over_when_full();
}

void Assembler::hand_over_when_full() {
    if (batch_.entries.size() >= options_.batch_blocks || batch_.arena.size() > batch_bytes ||
        batch_.rejects.size() >= options_.batch_blocks || state_->reject_bytes > batch_bytes)
        hand_over();
}

void Assembler::hand_over() {
    if (batch_.empty())
        return;
    BlockBatch next;
    next.arena.reserve(batch_.arena.size());
    next.entries.reserve(batch_.entries.size());
    sink_.take(std::exchange(batch_, std::move(next)));
    state_->reject_bytes = 0;
}

}  // namespace usagectl::meter
