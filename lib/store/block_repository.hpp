// SPDX-License-Identifier: MIT
// Day blocks in the store: the current ones, one row each, and what they replaced.
#pragma once

#include <vector>

#include "meter/store.hpp"
#include "store/block_filing.hpp"
#include "store/meter_numbers.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class BlockRepository final : public meter::BlockStore {
public:
    explicit BlockRepository(Session& session)
        : session_(session)
        , numbers_(session)
        , filing_(session, numbers_) {}

    [[nodiscard]] std::optional<meter::Source>
    find_file(std::string_view sha256, meter::Layer layer) override;
    [[nodiscard]] bool size_known(std::uint64_t size) override;
    [[nodiscard]] std::optional<meter::Source> find_source(meter::SourceNumber number) override;
    [[nodiscard]] meter::SourceNumber open_source(const meter::Source& source) override;
    void close_source(const meter::Source& source) override;

    void
    put(const meter::Source& source,
        const meter::BlockBatch& batch,
        meter::Counts& counts,
        const std::function<void(meter::Reject)>& reject) override;

    [[nodiscard]] std::vector<meter::StoredBlock>
    read(const meter::BlockKey& key, const meter::DayRange& days) override;
    [[nodiscard]] std::vector<meter::StoredBlock>
    read_known(const meter::BlockKey& key, const meter::DayRange& days, Instant known_at) override;
    [[nodiscard]] std::optional<LocalDay>
    last_day(const meter::BlockKey& key, LocalDay before) override;
    [[nodiscard]] std::optional<LocalDay> first_day(const meter::BlockKey& key) override;
    [[nodiscard]] std::optional<meter::DayRange> extent() override;
    void each_of_day(
        LocalDay day,
        const std::function<
            void(std::string_view meter, meter::Channel, const meter::StoredBlock&)>& visit
    ) override;
    [[nodiscard]] std::vector<meter::Version>
    history(std::string_view meter, LocalDay day) override;
    void retire(
        std::string_view meter,
        const meter::Source& source,
        const std::function<void(meter::Channel, const meter::StoredBlock&, std::int64_t revision)>&
            visit
    ) override;
    void check(const std::function<void(std::string)>& damaged) override;

    // After a rollback: what was remembered of that transaction is void.
    void forget();

private:
    // The days of `wanted` that hold any block, so that an open-ended range costs no look-ups.
    [[nodiscard]] std::optional<meter::DayRange> held(const meter::DayRange& wanted, bool history);
    void retire_slots(
        std::string_view meter,
        const meter::Source& source,
        std::span<const std::int64_t> slots,
        const std::function<void(meter::Channel, const meter::StoredBlock&, std::int64_t revision)>&
            visit
    );

    Session& session_;
    MeterNumbers numbers_;
    BlockFiling filing_;
};

}  // namespace usagectl::store
