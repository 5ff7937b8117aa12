// SPDX-License-Identifier: MIT
// Files a batch of day blocks by the revision rule. New blocks, nearly all in practice, go in as
// one bulk insert; those that meet a stored block are read, merged and written back some hundred at
// a time. Bytes are unpacked only where a stored block differs.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "meter/store.hpp"
#include "store/block_rows.hpp"
#include "store/meter_numbers.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class BlockFiling {
public:
    BlockFiling(Session& session, MeterNumbers& numbers)
        : session_(session)
        , numbers_(numbers) {}

    // meter::BlockStore::put.
    void
    put(const meter::Source& source,
        const meter::BlockBatch& batch,
        meter::Counts& counts,
        const std::function<void(meter::Reject)>& reject);
    // After a rollback: what was seen of the current source is void.
    void forget();

private:
    // A block of the batch on its way to its slot.
    struct Arrival {
        std::int64_t slot = 0;
        std::uint32_t entry = 0;
    };
    struct Job;

    void order(const meter::Source& source, const meter::BlockBatch& batch);
    void count_meters(const meter::Source& source, meter::Counts& counts);
    void file(Job& job, std::span<const Arrival> arrivals);
    void meet(Job& job, std::span<const Arrival> arrivals);
    void merge(Job& job, const Arrival& arrival, const StoredRow& stored);
    void write_changes(const Job& job);

    Session& session_;
    MeterNumbers& numbers_;

    // Kept between calls for their memory.
    std::vector<MeterNumber> meters_;
    std::vector<Arrival> arrivals_;
    std::vector<Arrival> again_;
    std::vector<StoredRow> changed_;
    std::vector<HistoryRow> replaced_;

    // One bit for each meter number the current source has brought.
    meter::SourceNumber seen_source_ = 0;
    std::vector<std::uint64_t> seen_;
};

}  // namespace usagectl::store
