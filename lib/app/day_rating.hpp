// SPDX-License-Identifier: MIT
// One account's local day, from day blocks to the postings of its charge (source: US 8,095,475,
// figure 6, steps 122 to 128).
#pragma once

#include <array>
#include <map>
#include <memory>
#include <vector>

#include "app/accounts.hpp"
#include "app/meter_line.hpp"
#include "app/nightly_store.hpp"
#include "meter/series.hpp"
#include "tariff/rating.hpp"

namespace usagectl::app {

// The blocks of a meter's day, as far as they are there.
struct DayBlocks {
    std::array<meter::DayBlock, 4> blocks;
    std::array<bool, 4> present{};

    [[nodiscard]] static std::size_t index(meter::Channel channel, meter::Layer layer) {
        return (channel == meter::Channel::generation ? 2U : 0U) +
               (layer == meter::Layer::raw ? 1U : 0U);
    }
    [[nodiscard]] const meter::DayBlock* find(meter::Channel channel, meter::Layer layer) const {
        const auto at = index(channel, layer);
        return present.at(at) ? &blocks.at(at) : nullptr;
    }
    // Unpacks a block of the meter's day. One that is damaged is left out; check() tells of it.
    void take(
        LocalDay day,
        std::int64_t meter,
        meter::Channel channel,
        meter::Layer layer,
        std::string_view packed
    );
    // What another meter of the place registered on the same day (meter::add_readings).
    void add(const DayBlocks& other);
    // Throws Failure `store_damaged`. Not from within NightlyStore::each_block.
    void check() const;

    std::string damage;
};
// Those of all meters that served on the day, added up.
[[nodiscard]] DayBlocks read_day(Store& store, LocalDay day, const MeterLine& meters);

// How much of a day [from, to) has a value of consumption in some layer.
struct DayCoverage {
    std::size_t intervals = 0;
    std::size_t missing = 0;
};
[[nodiscard]] DayCoverage
coverage_of(LocalDay day, Instant from, Instant to, const DayBlocks& blocks);

// Rates made ready for days and zones, each once. Not thread-safe.
class RateBook {
public:
    explicit RateBook(Store& store)
        : store_(store) {}

    struct Page {
        std::shared_ptr<const ReadyRates> rates;
        tariff::PlanDay day;
        Instant end{};                          // of the local day
        std::vector<ledger::CodeNumber> codes;  // of the chart, one for each component
        std::int64_t profile = 0;
    };
    // By the tariff's version that holds on the day, or by a version that was charged by before.
    // Errors: those of ready_rates(). The page lives as long as the book. Inside a write
    // transaction: names of the chart that are new are made.
    [[nodiscard]] Result<const Page*> page(
        std::int64_t profile,
        LocalDay day,
        const Zone& zone,
        std::optional<std::int64_t> version = {}
    );
    // After a rollback: codes given out in that transaction are void.
    void forget() { pages_.clear(); }

private:
    struct Key {
        std::int64_t profile;
        LocalDay day;
        const Zone* zone;
        std::int64_t version;  // 0: the one that holds
        auto operator<=>(const Key&) const = default;
    };
    Store& store_;
    std::map<Key, std::unique_ptr<Page>> pages_;
};

// What is known of the day, and how sure.
struct DayUsage {
    std::vector<tariff::Reading> consumption;
    std::vector<tariff::Reading> generation;
    std::int64_t vee_wh = 0;
    std::int64_t raw_wh = 0;
    std::int64_t estimated_wh = 0;
    bool estimated = false;  // some interval had no reading

    void clear();
};

// Puts the best value of each interval of the day into `usage`. Intervals without any are left out
// of it and counted.
[[nodiscard]] std::size_t
take_usage(const RateBook::Page& page, const DayBlocks& blocks, DayUsage& usage);
// Of a day that take_usage() found intervals missing in: estimates for them (meter::fill_missing).
// Slow: reads four weeks.
void estimate_usage(
    Store& store, const RateBook::Page& page, const MeterLine& meters, DayUsage& usage
);

// What a day comes to. Memory is used again.
struct RatedDay {
    tariff::DayCharge charge;
    ledger::Basis basis;
    std::vector<ledger::Posting> postings;
    Money amount;  // of the entry: the charge with its sign changed
};
// Error `charge_out_of_range` (4).
[[nodiscard]] Result<void> rate_usage(
    const RateBook::Page& page, const DayUsage& usage, std::int64_t cycle_wh, RatedDay& rated
);

}  // namespace usagectl::app
