// SPDX-License-Identifier: MIT
#include "app/quality.hpp"

namespace usagectl::app {

Result<QualityAnswer> usage_quality(
    Store& store, const UsageQuestion& question, const meter::QualityLimits& limits, Instant now
) {
    auto usage = show_usage(store, question);
    if (!usage)
        return tl::unexpected(std::move(usage.error()));

    // The averages a day is held against reach back before the range.
    UsageQuestion wider = question;
    wider.from = usage->from - std::chrono::days(limits.average_days);
    wider.to = usage->to;
    wider.channel = usage->channel;
    const auto series = show_usage(store, wider);
    if (!series)
        return tl::unexpected(series.error());

    meter::QualityInput input;
    input.series = series->intervals;
    input.zone = usage->zone;
    input.report_from = usage->zone->day_start(usage->from);
    input.now = now;
    return QualityAnswer{std::move(*usage), meter::validate(input, limits)};
}

}  // namespace usagectl::app
