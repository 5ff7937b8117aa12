// SPDX-License-Identifier: MIT
#include "meter/validation.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/assert.hpp"
#include "base/words.hpp"
#include "meter/kwh.hpp"
#include "meter/validation_parts.hpp"

namespace usagectl::meter {

namespace {

using Series = std::span<const SeriesInterval>;

constexpr Words<Check::sum> checks{
    "gap",
    "partial_day",
    "interval_length",
    "future",
    "estimated",
    "zero",
    "stuck",
    "spike",
    "high",
    "low",
    "sum",
};
constexpr Words<Severity::error> severities{"notice", "warning", "error"};

// The energy of exactly [from, to); empty when an interval is missing or the grid does not fit.
std::optional<std::int64_t> energy_between(Series series, Instant from, Instant to) {
    const auto first =
        std::partition_point(series.begin(), series.end(), [&](const auto& interval) {
            return interval.start < from;
        });
    Instant reached = from;
    std::int64_t sum = 0;
    for (auto at = first; at != series.end() && reached < to; ++at) {
        if (at->start != reached || at->quality == Quality::missing) {
            return std::nullopt;
        }
        sum += at->wh;
        reached = at->end;
    }
    return reached == to ? std::optional(sum) : std::nullopt;
}

void check_sum(
    const QualityInput& input, const QualityLimits& limits, std::vector<Finding>& findings
) {
    std::vector<RegisterReading> readings(input.registers.begin(), input.registers.end());
    std::stable_sort(readings.begin(), readings.end(), [](const auto& a, const auto& b) {
        return a.at < b.at;
    });
    for (std::size_t index = 1; index < readings.size(); ++index) {
        const RegisterReading& before = readings[index - 1];
        const RegisterReading& after = readings[index];
        if (before.at < input.report_from) {
            continue;
        }
        const std::int64_t moved = after.wh - before.wh;
        if (moved < 0) {
            findings.push_back(
                {Check::sum,
                 Severity::error,
                 before.at,
                 after.at,
                 fmt::format(
                     "the register falls from {} to {} kWh", kwh_text(before.wh), kwh_text(after.wh)
                 )}
            );
            continue;
        }
        const auto sum = energy_between(input.series, before.at, after.at);
        const std::int64_t apart = sum ? std::max(*sum, moved) - std::min(*sum, moved) : 0;
        if (apart > limits.sum_tolerance_wh) {
            findings.push_back(
                {Check::sum,
                 Severity::error,
                 before.at,
                 after.at,
                 fmt::format(
                     "intervals total {} kWh, the register moved {} kWh: {} kWh apart (limit {} "
                     "kWh)",
                     kwh_text(*sum),
                     kwh_text(moved),
                     kwh_text(apart),
                     kwh_text(limits.sum_tolerance_wh)
                 )}
            );
        }
    }
}

}  // namespace

std::string_view to_string(Check check) {
    return checks.word(check);
}

std::string_view to_string(Severity severity) {
    return severities.word(severity);
}

std::vector<Finding> validate(const QualityInput& input, const QualityLimits& limits) {
    USAGECTL_ASSERT(input.zone != nullptr);
    std::vector<Finding> findings;
    check_runs(input, limits, findings);
    check_days(input, limits, findings);
    check_sum(input, limits, findings);
    std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        return std::tie(a.start, a.check, a.end, a.detail) <
               std::tie(b.start, b.check, b.end, b.detail);
    });
    return findings;
}

}  // namespace usagectl::meter
