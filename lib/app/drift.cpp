// SPDX-License-Identifier: MIT
#include "app/drift.hpp"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

namespace usagectl::app {

namespace {

using meter::Channel;
using meter::Layer;

void compare_day(
    Store& store, LocalDay day, const std::optional<std::string>& only, std::vector<DriftDay>& found
) {
    // On-demand values are few: they are held, and what was settled is looked up for each.
    std::vector<std::pair<std::string, meter::DayBlock>> raw;
    const auto hold = [&](std::string_view id, Channel channel, const meter::StoredBlock& stored) {
        if (stored.layer == Layer::raw && channel == Channel::consumption && (!only || id == *only))
            raw.emplace_back(id, stored.block);
    };
    if (only) {
        for (const auto& stored :
             store.blocks().read({*only, Channel::consumption, Layer::raw}, {day, day}))
            hold(*only, Channel::consumption, stored);
    } else {
        store.blocks().each_of_day(day, hold);
    }
    for (const auto& [id, block] : raw) {
        for (const auto& settled :
             store.blocks().read({id, Channel::consumption, Layer::vee}, {day, day})) {
            const auto drift = market::drift(settled.block, block);
            if (drift.intervals > 0)
                found.push_back({id, day, drift});
        }
    }
}

}  // namespace

std::vector<DriftDay>
find_drift(Store& store, std::optional<LocalDay> since, const std::optional<std::string>& meter) {
    std::vector<DriftDay> found;
    const auto extent = store.blocks().extent();
    if (!extent)
        return found;
    const LocalDay first = since ? std::max(*since, extent->first) : extent->first;
    for (LocalDay day = first; day <= extent->last; day += std::chrono::days(1))
        compare_day(store, day, meter, found);
    std::sort(found.begin(), found.end(), [](const DriftDay& left, const DriftDay& right) {
        const auto key = [](const DriftDay& item) {
            return std::tuple(-std::abs(item.drift.difference_wh()), item.meter, item.day);
        };
        return key(left) < key(right);
    });
    return found;
}

}  // namespace usagectl::app
