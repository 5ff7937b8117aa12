// SPDX-License-Identifier: MIT
// Questions about stored usage: what was used, what it looked like before it was revised, and what
// is known of the hours since the last settled posting.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"
#include "meter/gap.hpp"
#include "meter/series.hpp"

namespace usagectl::app {

struct UsageQuestion {
    std::string meter;
    std::optional<LocalDay> from;  // none: the first day there is
    std::optional<LocalDay> to;    // inclusive; none: the last day there is
    std::optional<meter::Channel>
        channel;  // none: consumption, or generation when it is all there is
    meter::Step step = meter::Step::interval;
    meter::LayerChoice layer = meter::LayerChoice::best;
    std::optional<Instant> known_at;
};

struct UsageAnswer {
    meter::Meter meter;
    const Zone* zone = nullptr;
    meter::Channel channel = meter::Channel::consumption;
    std::int32_t interval_minutes = 15;
    LocalDay from{};
    LocalDay to{};
    std::vector<meter::SeriesInterval> intervals;
    std::vector<meter::SeriesItem> items;  // by the step asked for
    std::int64_t total_wh = 0;
    std::uint64_t missing_intervals = 0;
};

// The days a question is about, without reading them. Errors: as show_usage.
struct UsageRange {
    meter::Channel channel = meter::Channel::consumption;
    LocalDay from{};
    LocalDay to{};
};
[[nodiscard]] Result<UsageRange> usage_range(Store& store, const UsageQuestion& question);

// Errors: `meter_unknown` (3), `no_usage` (3: the meter has no data and no days were named),
// `range_reversed` (2), `range_too_long` (2: more than 100 years).
[[nodiscard]] Result<UsageAnswer> show_usage(Store& store, const UsageQuestion& question);

struct GapQuestion {
    std::string meter;
    Instant at{};
    std::string asker;  // the provider who asks; from the configuration
};

struct GapAnswer {
    meter::Meter meter;
    const Zone* zone = nullptr;
    std::int32_t interval_minutes = 15;
    std::optional<Instant> last_vee_end;
    Instant asked_at{};
    meter::Gap gap;
    std::vector<meter::SeriesInterval> intervals;
    std::uint64_t covered = 0;
    std::uint64_t missing = 0;
    std::int64_t total_wh = 0;
};

// Whether `asker` is the meter's provider of record. Error `not_provider_of_record` (4).
[[nodiscard]] Result<void> check_provider(const meter::Meter& meter, const std::string& asker);

// Only the provider of record of the meter may ask (source: SMT Support for Customer Balance
// Inquiry, sections 1.2 and 2). Errors: `meter_unknown` (3), `not_provider_of_record` (4).
[[nodiscard]] Result<GapAnswer> usage_gap(Store& store, const GapQuestion& question);

// Both channels and layers of one day, newest first. Errors: `meter_unknown` (3), `no_usage` (3).
struct HistoryAnswer {
    meter::Meter meter;
    const Zone* zone = nullptr;
    std::vector<meter::Version> versions;
};
[[nodiscard]] Result<HistoryAnswer>
usage_history(Store& store, const std::string& meter, LocalDay day);

}  // namespace usagectl::app
