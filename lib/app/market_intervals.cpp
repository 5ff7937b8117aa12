// SPDX-License-Identifier: MIT
#include "app/market_intervals.hpp"

#include "base/assert.hpp"
#include "meter/assembler.hpp"

namespace usagectl::app {

namespace {

class Filing final : public meter::BatchSink {
public:
    Filing(Store& store, meter::Source& source)
        : store_(store)
        , source_(source) {}

    void take(meter::BlockBatch&& batch) override {
        store_.blocks().put(source_, batch, source_.counts, [this](const meter::Reject& reject) {
            unfiled_wh_ += reject.wh;
        });
    }
    [[nodiscard]] std::int64_t unfiled_wh() const { return unfiled_wh_; }

private:
    Store& store_;
    meter::Source& source_;
    std::int64_t unfiled_wh_ = 0;
};

const Zone* zone_of(Store& store, std::string_view meter) {
    const auto known = store.meters().find(meter);
    if (!known)
        return nullptr;
    auto zone = Zone::find(known->timezone);
    if (!zone)
        throw Failure(std::move(zone.error()));
    return *zone;
}

void put(meter::Assembler& assembler, const market::MeterReads& reads, Instant from, Instant to) {
    for (const auto& read : reads.intervals) {
        const Instant end = read.start + std::chrono::minutes(read.minutes);
        if (read.start < from || end > to)
            continue;
        auto& series = assembler.open(reads.esi_id, reads.channel, read.minutes, 0);
        const auto status = assembler.put(series, read.start, read.wh, read.quality, 0);
        if (status == meter::PutStatus::taken)
            continue;
        meter::Reject reject;
        reject.reason = std::string(meter::reason(status));
        reject.intervals = 1;
        assembler.reject(std::move(reject));
    }
}

}  // namespace

meter::Source file_intervals(
    Store& store,
    std::span<const market::MeterReads> reads,
    const MarketOrigin& origin,
    Instant from,
    Instant to
) {
    meter::Source source;
    source.kind = "market";
    source.path = origin.path;
    source.format = origin.format;
    source.layer = origin.layer;
    source.known_at = origin.now;
    source.number = store.blocks().open_source(source);

    Filing filing(store, source);
    meter::AssemblerOptions options;
    options.zone = origin.zone;
    options.zone_of = [&store](std::string_view meter) { return zone_of(store, meter); };
    options.latest_end = to;
    meter::Assembler assembler(std::move(options), filing);
    std::uint64_t blanks = 0;
    for (const auto& meter : reads) {
        put(assembler, meter, from, to);
        blanks += meter.blanks;
    }
    assembler.count_blanks(blanks);
    assembler.finish();

    source.tally = assembler.tally();
    source.tally.records = reads.size();
    source.tally.total_wh -= filing.unfiled_wh();
    source.tally.rejected += source.counts.rejected;
    source.counts.rejected = source.tally.rejected;
    source.status = source.counts.rejected == 0 ? "loaded" : "partial";
    USAGECTL_ASSERT(
        source.tally.intervals == source.counts.stored + source.counts.unchanged +
                                      source.counts.superseded + source.counts.rejected
    );
    store.blocks().close_source(source);
    return source;
}

}  // namespace usagectl::app
