// SPDX-License-Identifier: MIT
#include "store/samples.hpp"

#include "base/assert.hpp"
#include "meter/codec.hpp"

namespace usagectl::test {
namespace {

const Zone& utc() {
    static const Zone& zone = *Zone::find("UTC").value();
    return zone;
}

std::uint64_t count_of(const meter::BlockBatch& batch) {
    std::uint64_t intervals = 0;
    for (const auto& entry : batch.entries)
        intervals += entry.present;
    return intervals;
}

}  // namespace

LocalDay day_after(int days) {
    return monday + std::chrono::days(days);
}

meter::DayBlock unpacked(const SampleBlock& sample) {
    meter::DayBlock block;
    block.clear(utc().day_start(sample.day), 60, 24);
    for (std::size_t i = 0; i < sample.wh.size(); ++i) {
        if (sample.wh[i] < 0)
            continue;
        block.wh[i] = sample.wh[i];
        block.quality[i] = meter::Quality::actual;
    }
    return block;
}

meter::BlockBatch batch_of(const std::vector<SampleBlock>& samples) {
    meter::BlockBatch batch;
    for (const auto& sample : samples) {
        const auto block = unpacked(sample);
        meter::BlockBatch::Entry entry;
        entry.name_at = static_cast<std::uint32_t>(batch.arena.size());
        entry.name_size = static_cast<std::uint8_t>(sample.meter.size());
        batch.arena += sample.meter;
        entry.bytes_at = static_cast<std::uint32_t>(batch.arena.size());
        meter::encode(block, sample.day, batch.arena);
        entry.bytes_size = static_cast<std::uint32_t>(batch.arena.size()) - entry.bytes_at;
        entry.channel = sample.channel;
        entry.minutes = 60;
        entry.present = static_cast<std::uint16_t>(block.present());
        entry.day = sample.day;
        entry.revision = sample.revision;
        entry.line = sample.line;
        entry.zone = &utc();
        batch.entries.push_back(entry);
    }
    return batch;
}

std::vector<std::int64_t> values_of(const meter::DayBlock& block) {
    std::vector<std::int64_t> values;
    for (std::size_t i = 0; i < static_cast<std::size_t>(block.count); ++i) {
        const bool missing = block.quality[i] == meter::Quality::missing;
        values.push_back(missing ? -1 : block.wh[i]);
    }
    while (!values.empty() && values.back() == -1)
        values.pop_back();
    return values;
}

void repack(
    meter::BlockBatch& batch, std::size_t entry, const meter::DayBlock& block, std::uint64_t line
) {
    auto& changed = batch.entries.at(entry);
    changed.bytes_at = static_cast<std::uint32_t>(batch.arena.size());
    meter::encode(block, changed.day, batch.arena);
    changed.bytes_size = static_cast<std::uint32_t>(batch.arena.size()) - changed.bytes_at;
    changed.minutes = static_cast<std::uint16_t>(block.minutes);
    changed.present = static_cast<std::uint16_t>(block.present());
    changed.line = line;
}

namespace {

Filed file_as(app::Store& store, meter::Source source, const meter::BlockBatch& batch) {
    Filed filed;
    source.kind = "file";
    source.path = "sample.csv";
    source.number = store.blocks().open_source(source);
    store.blocks().put(source, batch, filed.counts, [&](meter::Reject line) {
        filed.rejects.push_back(std::move(line));
    });
    source.format = "csv";
    source.status = "loaded";
    if (source.sha256.empty())
        source.sha256 = "hash " + std::to_string(source.number);
    source.size = 1000;
    source.tally.intervals = count_of(batch);
    source.counts = filed.counts;
    store.blocks().close_source(source);
    filed.source = source;
    return filed;
}

}  // namespace

Filed file_in_transaction(app::Store& store, const SampleFile& sample) {
    meter::Source source;
    source.layer = sample.layer;
    source.known_at = sample.known_at;
    source.sha256 = sample.sha256;
    return file_as(store, source, batch_of(sample.blocks));
}

Filed file(app::Store& store, const SampleFile& sample) {
    Filed filed;
    store.write([&] {
        store.lock_ingest();
        filed = file_in_transaction(store, sample);
    });
    return filed;
}

Filed file_batch(app::Store& store, const meter::BlockBatch& batch) {
    Filed filed;
    store.write([&] {
        store.lock_ingest();
        meter::Source source;
        source.known_at = instant(1'790'000'000);
        filed = file_as(store, source, batch);
    });
    return filed;
}

std::vector<std::int64_t> read_values(app::Store& store, const std::string& meter, LocalDay day) {
    const auto blocks = store.blocks().read({meter}, {day, day});
    return blocks.empty() ? std::vector<std::int64_t>{} : values_of(blocks.front().block);
}

std::vector<std::int64_t>
read_known_values(app::Store& store, const std::string& meter, Instant known_at) {
    const auto blocks = store.blocks().read_known({meter}, {monday, monday}, known_at);
    return blocks.empty() ? std::vector<std::int64_t>{} : values_of(blocks.front().block);
}

}  // namespace usagectl::test
