// SPDX-License-Identifier: MIT
#include "store/block_filing.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "meter/codec.hpp"
#include "meter/merge.hpp"
#include "store/slot.hpp"

namespace usagectl::store {

struct BlockFiling::Job {
    const meter::Source& source;
    const meter::BlockBatch& batch;
    meter::Counts& counts;
    std::vector<meter::Reject> rejects;

    [[nodiscard]] const meter::BlockBatch::Entry& entry(const Arrival& arrival) const {
        return batch.entries[arrival.entry];
    }
    [[nodiscard]] std::string_view bytes(const Arrival& arrival) const {
        return batch.bytes(entry(arrival));
    }
    // A file that does not say counts as revised when it came.
    [[nodiscard]] std::int64_t revision(const Arrival& arrival) const {
        const auto own = entry(arrival).revision;
        return own != 0 ? own : unix_seconds(source.known_at);
    }
};

void BlockFiling::put(
    const meter::Source& source,
    const meter::BlockBatch& batch,
    meter::Counts& counts,
    const std::function<void(meter::Reject)>& reject
) {
    USAGECTL_ASSERT(source.number > 0);
    numbers_.resolve(batch, source.known_at, meters_);
    count_meters(source, counts);
    order(source, batch);

    Job job{source, batch, counts, {}};
    // A slot that comes several times is filed in as many rounds, so that file order rules.
    while (!arrivals_.empty()) {
        again_.clear();
        const auto unique_end = std::unique(
            arrivals_.begin(),
            arrivals_.end(),
            [&](const Arrival& first, const Arrival& next) {
                if (first.slot != next.slot)
                    return false;
                again_.push_back(next);
                return true;
            }
        );
        file(job, {arrivals_.begin(), unique_end});
        arrivals_.swap(again_);
    }
    std::sort(job.rejects.begin(), job.rejects.end(), [](const auto& a, const auto& b) {
        return a.line < b.line;
    });
    for (auto& line : job.rejects)
        reject(std::move(line));
}

// By slot, so that neighbours are stored together; equal slots in file order.
void BlockFiling::order(const meter::Source& source, const meter::BlockBatch& batch) {
    arrivals_.clear();
    arrivals_.reserve(batch.entries.size());
    for (std::size_t i = 0; i < batch.entries.size(); ++i) {
        const auto& entry = batch.entries[i];
        const Slot slot(entry.day, meters_[i], entry.channel, source.layer);
        arrivals_.push_back({slot.packed(), static_cast<std::uint32_t>(i)});
    }
    const auto before = [](const Arrival& a, const Arrival& b) {
        return a.slot != b.slot ? a.slot < b.slot : a.entry < b.entry;
    };
    if (!std::is_sorted(arrivals_.begin(), arrivals_.end(), before)) {
        std::sort(arrivals_.begin(), arrivals_.end(), before);
    }
}

void BlockFiling::count_meters(const meter::Source& source, meter::Counts& counts) {
    if (source.number != seen_source_) {
        seen_source_ = source.number;
        seen_.clear();
    }
    for (const MeterNumber meter : meters_) {
        const std::size_t word = meter / 64;
        const std::uint64_t bit = std::uint64_t{1} << (meter % 64);
        if (word >= seen_.size())
            seen_.resize(word + 1, 0);
        if ((seen_[word] & bit) != 0)
            continue;
        seen_[word] |= bit;
        ++counts.meters;
    }
}

void BlockFiling::file(Job& job, std::span<const Arrival> arrivals) {
    BulkInsert rows;
    rows.table = "block";
    rows.columns = {"slot", "revision", "source", "data"};
    rows.keys = 1;
    rows.rows = arrivals.size();
    rows.fill = [&](std::size_t index, std::span<Value> row) {
        const Arrival& arrival = arrivals[index];
        row[0] = arrival.slot;
        row[1] = job.revision(arrival);
        row[2] = job.source.number;
        row[3] = Bytes{job.bytes(arrival)};
    };
    const auto existing = session_.insert_new(rows);
    std::vector<Arrival> met;
    met.reserve(existing.size());
    auto next = existing.begin();
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        if (next != existing.end() && *next == i) {
            ++next;
            met.push_back(arrivals[i]);
        } else {
            job.counts.stored += job.entry(arrivals[i]).present;
        }
    }
    meet(job, met);
}

void BlockFiling::meet(Job& job, std::span<const Arrival> arrivals) {
    // Few enough that rows read and rows to write stay within a few hundred KiB.
    constexpr std::size_t at_once = 256;
    for (std::size_t first = 0; first < arrivals.size(); first += at_once) {
        const auto part = arrivals.subspan(first, std::min(at_once, arrivals.size() - first));
        std::vector<std::int64_t> slots;
        for (const auto& arrival : part)
            slots.push_back(arrival.slot);
        const auto stored = read_rows(session_, slots);
        if (stored.size() != part.size()) {
            throw Failure(
                "store_conflict", "another command removed a block", "repeat the command", true
            );
        }
        changed_.clear();
        replaced_.clear();
        for (std::size_t i = 0; i < part.size(); ++i)
            merge(job, part[i], stored[i]);
        add_history(session_, replaced_);
        write_rows(session_, changed_);
    }
}

void BlockFiling::merge(Job& job, const Arrival& arrival, const StoredRow& stored) {
    const auto& entry = job.entry(arrival);
    const std::int64_t revision = job.revision(arrival);
    // Packing is canonical: equal bytes are equal blocks.
    if (stored.data == job.bytes(arrival)) {
        job.counts.unchanged += entry.present;
        if (revision <= stored.revision)
            return;
        changed_.push_back({stored.slot, revision, stored.source, stored.data, 0});
        return;
    }
    meter::DayBlock old;
    meter::DayBlock arriving;
    const auto damage = meter::decode(stored.data, entry.day, old);
    if (!damage.empty())
        throw_damaged(job.batch.name(entry), entry.day, damage);
    USAGECTL_ASSERT(meter::decode(job.bytes(arrival), entry.day, arriving).empty());

    const auto outcome = meter::merge(old, stored.revision, arriving, revision, old);
    job.counts.stored += outcome.counts.stored;
    job.counts.unchanged += outcome.counts.unchanged;
    job.counts.superseded += outcome.counts.superseded;
    job.counts.rejected += outcome.counts.rejected;
    if (outcome.counts.rejected > 0) {
        const std::string name(job.batch.name(entry));
        job.rejects.push_back(
            {entry.line,
             0,
             outcome.counts.rejected,
             arriving.total_wh(),
             std::string(outcome.reject_reason) + " (meter " + name + ", day " +
                 format_day(entry.day) + ")",
             {}}
        );
    }
    std::int64_t version = stored.versions;
    const auto self = job.source.number;
    if (outcome.content_changed && stored.source != self) {
        replaced_.push_back(
            {stored.slot, ++version, stored.revision, stored.source, self, stored.data}
        );
    }
    if (outcome.arrival_lost && outcome.counts.superseded > 0) {
        replaced_.push_back(
            {stored.slot, ++version, revision, self, self, std::string(job.bytes(arrival))}
        );
    }
    if (outcome.content_changed) {
        StoredRow row{stored.slot, outcome.revision, self, {}, 0};
        meter::encode(old, entry.day, row.data);
        changed_.push_back(std::move(row));
    } else if (outcome.revision > stored.revision) {
        changed_.push_back({stored.slot, outcome.revision, stored.source, stored.data, 0});
    }
}

void BlockFiling::forget() {
    seen_source_ = 0;
    seen_.clear();
}

}  // namespace usagectl::store
