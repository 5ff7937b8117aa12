// SPDX-License-Identifier: MIT
// What a tariff would charge a meter for its usage, day by day, as the nightly charge does it.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/store.hpp"
#include "app/tariffs.hpp"
#include "meter/series.hpp"
#include "tariff/rating.hpp"

namespace usagectl::app {

// Something that happened and is charged for: "notification" by "sms", twice.
struct QuotedEvent {
    std::string event;
    std::string method = {};  // of a notification; empty: any
    std::int64_t count = 1;
};

struct QuoteQuestion {
    std::string tariff;
    std::string meter;
    std::optional<LocalDay> from;              // none: the first day there is
    std::optional<LocalDay> to;                // inclusive; none: the last day there is
    std::vector<std::string> options = {};     // held every day
    std::vector<std::string> exemptions = {};  // held every day
    std::vector<QuotedEvent> fees = {};        // of the first day
    std::optional<Rate> pca = {};              // the actual figure; none: the tariff's estimate
    std::int64_t cycle_day = 1;                // of the month, 1 to 28: a billing cycle begins
    bool explain = false;
};

// A version that is charged by in the answer.
struct QuotedVersion {
    std::int64_t number = 0;
    tariff::Plan plan;
};

struct QuotedPart {
    Instant start{};
    std::int64_t wh = 0;
    std::string period;  // empty without a schedule
};

struct QuotedLine {
    LocalDay day{};
    const QuotedVersion* version = nullptr;
    tariff::Line line;
    std::vector<QuotedPart> parts;  // with `explain`

    [[nodiscard]] const tariff::Component& component() const {
        return version->plan.components()[line.component];
    }
};

struct Quote {
    meter::Meter meter;
    const Zone* zone = nullptr;
    LocalDay from{};
    LocalDay to{};
    std::string currency;
    Money total;
    std::int64_t total_wh = 0;
    std::uint64_t missing_intervals = 0;  // within the days asked for: charged in no line
    // Between the beginning of the billing cycle and the first day: tiers count the rest. 0 when no
    // tier depends on them.
    std::uint64_t missing_before = 0;
    std::vector<std::unique_ptr<QuotedVersion>> versions;
    std::vector<QuotedLine> lines;  // by day, then as in the tariff
};

// The best known value of every interval is charged. Errors: those of show_usage,
// `tariff_unknown` (3), `tariff_not_in_force` (4: on one of the days), `currency_changes` (4),
// `option_unknown`, `exemption_unknown`, `fee_unknown` (2), `charge_out_of_range` (4).
[[nodiscard]] Result<Quote> quote_tariff(Store& store, const QuoteQuestion& question);

// Intervals as what is charged; ascending as they are.
[[nodiscard]] std::vector<tariff::Reading>
readings_of(std::span<const meter::SeriesInterval> intervals);
// Those that start in [from, to), of ascending ones.
[[nodiscard]] std::span<const tariff::Reading>
between(std::span<const tariff::Reading> readings, Instant from, Instant to);

// The day the billing cycle of `day` began.
[[nodiscard]] LocalDay cycle_start(LocalDay day, std::int64_t cycle_day);

}  // namespace usagectl::app
