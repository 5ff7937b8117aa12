// SPDX-License-Identifier: MIT
#include "store/block_repository.hpp"

#include <algorithm>
#include <array>

#include "meter/codec.hpp"
#include "store/block_check.hpp"
#include "store/block_rows.hpp"
#include "store/slot.hpp"
#include "store/source_rows.hpp"
#include "store/sql.hpp"

namespace usagectl::store {

std::optional<meter::Source>
BlockRepository::find_file(std::string_view sha256, meter::Layer layer) {
    return store::find_file(session_, sha256, layer);
}

bool BlockRepository::size_known(std::uint64_t size) {
    return file_size_known(session_, size);
}

std::optional<meter::Source> BlockRepository::find_source(meter::SourceNumber number) {
    return store::find_source(session_, number);
}

meter::SourceNumber BlockRepository::open_source(const meter::Source& source) {
    return store::open_source(session_, source);
}

void BlockRepository::close_source(const meter::Source& source) {
    store::close_source(session_, source);
}

void BlockRepository::put(
    const meter::Source& source,
    const meter::BlockBatch& batch,
    meter::Counts& counts,
    const std::function<void(meter::Reject)>& reject
) {
    filing_.put(source, batch, counts, reject);
}

void BlockRepository::check(const std::function<void(std::string)>& damaged) {
    check_blocks(session_, damaged);
}

void BlockRepository::forget() {
    numbers_.forget();
    filing_.forget();
}

void BlockRepository::retire(
    std::string_view meter,
    const meter::Source& source,
    const std::function<void(meter::Channel, const meter::StoredBlock&, std::int64_t)>& visit
) {
    const auto number = numbers_.find(meter);
    const auto days = extent();
    if (!number || !days)
        return;
    constexpr std::int64_t days_at_once = 256;
    for (const auto channel : {meter::Channel::generation, meter::Channel::consumption}) {
        for (const auto layer : {meter::Layer::vee, meter::Layer::raw}) {
            std::vector<std::int64_t> slots;
            for (LocalDay day = days->first; day <= days->last; day += std::chrono::days(1)) {
                slots.push_back(Slot(day, *number, channel, layer).packed());
                if (slots.size() < days_at_once && day < days->last)
                    continue;
                retire_slots(meter, source, slots, visit);
                slots.clear();
            }
        }
    }
}

void BlockRepository::retire_slots(
    std::string_view meter,
    const meter::Source& source,
    std::span<const std::int64_t> slots,
    const std::function<void(meter::Channel, const meter::StoredBlock&, std::int64_t)>& visit
) {
    std::vector<HistoryRow> history;
    std::vector<std::int64_t> taken;
    for (auto& row : read_rows(session_, slots)) {
        const Slot slot(row.slot);
        meter::StoredBlock stored{slot.day(), slot.layer(), {}};
        const auto damage = meter::decode(row.data, stored.day, stored.block);
        if (!damage.empty())
            throw_damaged(meter, stored.day, damage);
        visit(slot.channel(), stored, row.revision);
        taken.push_back(row.slot);
        history.push_back(
            {row.slot,
             row.versions + 1,
             row.revision,
             row.source,
             source.number,
             std::move(row.data)}
        );
    }
    add_history(session_, history);
    delete_rows(session_, taken);
}

}  // namespace usagectl::store
