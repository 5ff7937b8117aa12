// SPDX-License-Identifier: MIT
// Intervals that came from the market instead of a file: one source, filed by the same rules.
#pragma once

#include <span>
#include <string>

#include "app/store.hpp"
#include "market/market.hpp"

namespace usagectl::app {

struct MarketOrigin {
    std::string path;    // "smt-portal request 10443…-T1ABCr", shown by usage history
    std::string format;  // the market's name
    meter::Layer layer = meter::Layer::raw;
    Instant now{};
    const Zone* zone = nullptr;  // of meters the store does not know
};

// Only intervals that begin at `from` or later and end at `to` or earlier are filed. Inside a write
// transaction that holds Store::lock_ingest. The source's counts obey the conservation law.
[[nodiscard]] meter::Source file_intervals(
    Store& store,
    std::span<const market::MeterReads> reads,
    const MarketOrigin& origin,
    Instant from,
    Instant to
);

}  // namespace usagectl::app
