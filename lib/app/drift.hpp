// SPDX-License-Identifier: MIT
// How far on-demand values were from what was settled later, by meter and day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"
#include "market/drift.hpp"

namespace usagectl::app {

struct DriftDay {
    std::string meter;
    LocalDay day{};
    market::Drift drift;
};

// Days since `since` on which a meter has both, worst difference first, then by meter and day.
// Reads the blocks of a day at a time.
[[nodiscard]] std::vector<DriftDay>
find_drift(Store& store, std::optional<LocalDay> since, const std::optional<std::string>& meter);

}  // namespace usagectl::app
