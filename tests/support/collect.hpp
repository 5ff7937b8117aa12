// SPDX-License-Identifier: MIT
// Runs text through a reader and an assembler and keeps what comes out, unpacked: every interval
// and every reject, in the order they left.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "meter/assembler.hpp"
#include "meter/codec.hpp"
#include "meter/reader.hpp"

namespace usagectl::test {

struct Collected {
    std::string meter;
    meter::Channel channel = meter::Channel::consumption;
    std::int64_t revision = 0;
    LocalDay day{};
    Instant start{};
    std::int32_t minutes = 0;
    std::int64_t wh = 0;
    meter::Quality quality = meter::Quality::missing;
    std::uint64_t line = 0;  // of its block's first value
    bool operator==(const Collected&) const = default;
};

class CollectingSink final : public meter::BatchSink {
public:
    void take(meter::BlockBatch&& batch) override {
        for (const meter::BlockBatch::Entry& entry : batch.entries)
            take_block(batch, entry);
        for (meter::Reject& reject : batch.rejects)
            rejects.push_back(std::move(reject));
    }

    std::vector<Collected> intervals;
    std::vector<meter::Reject> rejects;
    std::size_t blocks = 0;

private:
    void take_block(const meter::BlockBatch& batch, const meter::BlockBatch::Entry& entry) {
        meter::DayBlock block;
        const std::string_view wrong = meter::decode(batch.bytes(entry), entry.day, block);
        if (!wrong.empty())
            throw std::runtime_error("block: " + std::string(wrong));
        ++blocks;
        for (int slot = 0; slot != block.count; ++slot) {
            const auto i = static_cast<std::size_t>(slot);
            if (block.quality[i] == meter::Quality::missing)
                continue;
            intervals.push_back(Collected{
                std::string(batch.name(entry)),
                entry.channel,
                entry.revision,
                entry.day,
                block.slot_start(slot),
                block.minutes,
                block.wh[i],
                block.quality[i],
                entry.line,
            });
        }
    }
};

struct ReadOptions {
    std::string zone = "America/Chicago";
    std::string latest_end = "2100-01-01T00:00:00Z";
    meter::Layer layer = meter::Layer::vee;
    bool zone_is_explicit = false;
    std::size_t piece =
        std::string::npos;  // bytes; line formats get whole lines of about this size
    std::size_t open_series = 4096;
};

struct ReadOutcome {
    std::optional<Error> error;  // the file as a whole was refused
    meter::ReadTally tally;
    std::vector<Collected> intervals;
    std::vector<meter::Reject> rejects;

    [[nodiscard]] std::int64_t total_wh() const {
        std::int64_t total = 0;
        for (const Collected& interval : intervals)
            total += interval.wh;
        return total;
    }
    [[nodiscard]] std::size_t count(meter::Quality quality) const {
        return static_cast<std::size_t>(std::count_if(
            intervals.begin(),
            intervals.end(),
            [&](const Collected& interval) { return interval.quality == quality; }
        ));
    }
};

// Gives `text` to the reader in pieces; the last one is marked, and empty when `text` ends in a
// line feed, as a feeder that has not yet seen the end of its input does it.
[[nodiscard]] inline Result<void>
feed_pieces(meter::Reader& reader, std::string_view text, std::size_t piece) {
    while (!text.empty()) {
        std::size_t size = std::min(piece, text.size());
        if (reader.by_line()) {
            const std::size_t feed = text.find('\n', size == 0 ? 0 : size - 1);
            if (feed == std::string_view::npos)
                break;
            size = feed + 1;
        }
        if (auto taken = reader.read(text.substr(0, size), false); !taken)
            return taken;
        text.remove_prefix(size);
    }
    return reader.read(text, true);
}

[[nodiscard]] inline ReadOutcome
read_text(meter::Format format, std::string_view text, const ReadOptions& options = {}) {
    const Zone* zone = Zone::find(options.zone).value();
    meter::AssemblerOptions assembly;
    assembly.zone = zone;
    assembly.latest_end = parse_instant(options.latest_end).value();
    assembly.open_series = options.open_series;
    CollectingSink sink;
    meter::Assembler assembler(assembly, sink);
    meter::ReaderOptions reading;
    reading.zone = zone;
    reading.zone_is_explicit = options.zone_is_explicit;
    reading.layer = options.layer;
    const auto reader = meter::make_reader(format, reading, assembler);

    ReadOutcome outcome;
    if (auto read = feed_pieces(*reader, text, options.piece); !read)
        outcome.error = read.error();
    assembler.finish();
    outcome.tally = assembler.tally();
    outcome.intervals = std::move(sink.intervals);
    outcome.rejects = std::move(sink.rejects);
    return outcome;
}

// In order of meter, channel, time and revision; for comparing readings whose blocks left in
// another order.
inline void sort(std::vector<Collected>& intervals) {
    std::stable_sort(
        intervals.begin(),
        intervals.end(),
        [](const Collected& a, const Collected& b) {
            return std::tie(a.meter, a.channel, a.start, a.revision) <
                   std::tie(b.meter, b.channel, b.start, b.revision);
        }
    );
}

}  // namespace usagectl::test
