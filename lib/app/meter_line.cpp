// SPDX-License-Identifier: MIT
#include "app/meter_line.hpp"

#include <algorithm>

namespace usagectl::app {

namespace {

using std::chrono::days;

std::string id_of(Store& store, std::int64_t number) {
    auto meter = store.meters().find_number(number);
    if (!meter)
        throw Failure("store_damaged", "meter number " + std::to_string(number) + " is not there");
    return std::move(meter->id);
}

// Behind what is there already; what the same day has of the meter before is added to it.
void append(std::vector<meter::StoredBlock>& blocks, std::vector<meter::StoredBlock> more) {
    for (auto& next : more) {
        if (blocks.empty() || blocks.back().day < next.day) {
            blocks.push_back(std::move(next));
            continue;
        }
        meter::add_readings(next.block, blocks.back().block);
        blocks.back() = std::move(next);
    }
}

}  // namespace

std::optional<MeterLine> MeterLine::of(const std::vector<ServicePeriod>& periods, LocalDay day) {
    const auto* period = service_on(periods, day);
    if (period == nullptr || !period->meter)
        return std::nullopt;
    MeterLine line(*period->meter);
    auto& links = line.links_;
    while (period != nullptr && period->meter == links.front().meter) {
        if (period->meter_out) {
            links.front().from = period->from;
            links.insert(links.begin(), {local_day(0), *period->meter_out, {}});
        }
        period = service_on(periods, period->from - days(1));
    }
    return line;
}

std::vector<std::int64_t> MeterLine::on(LocalDay day) const {
    std::vector<std::int64_t> meters;
    for (std::size_t at = 0; at < links_.size(); ++at) {
        const bool begun = links_[at].from <= day;
        const bool over = at + 1 < links_.size() && links_[at + 1].from < day;
        if (begun && !over)
            meters.push_back(links_[at].meter);
    }
    return meters;
}

std::vector<meter::StoredBlock> MeterLine::read(Store& store, const Wanted& wanted) const {
    std::vector<meter::StoredBlock> found;
    for (std::size_t at = 0; at < links_.size(); ++at) {
        const auto first = std::max(wanted.days.first, links_[at].from);
        const auto last = at + 1 < links_.size() ? std::min(wanted.days.last, links_[at + 1].from)
                                                 : wanted.days.last;
        if (last < first)
            continue;
        const auto& link = links_[at];
        const std::string id = link.id.empty() ? id_of(store, link.meter) : link.id;
        const meter::BlockKey key{id, wanted.channel, wanted.layer};
        const meter::DayRange part{first, last};
        append(
            found,
            wanted.known_at ? store.blocks().read_known(key, part, *wanted.known_at)
                            : store.blocks().read(key, part)
        );
    }
    return found;
}

}  // namespace usagectl::app
