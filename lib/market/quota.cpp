// SPDX-License-Identifier: MIT
#include "market/quota.hpp"

#include <algorithm>
#include <vector>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::market {
namespace {

constexpr std::chrono::seconds hour{3600};
constexpr std::chrono::seconds half_hour{1800};
constexpr Words<QuotaWindow::half_hour> windows{"day", "hour", "half_hour"};

[[nodiscard]] QuotaSpan day_around(Instant now, const Zone& zone) {
    const LocalDay day = zone.day_of(now);
    return {zone.day_start(day), zone.day_start(day + std::chrono::days(1))};
}

// Counted from midnight, so that hours divide the day whatever its clock does.
[[nodiscard]] QuotaSpan hour_around(Instant now, const Zone& zone) {
    const QuotaSpan day = day_around(now, zone);
    const Instant from = day.from + (now - day.from) / hour * hour;
    return {from, std::min(from + hour, day.to)};
}

}  // namespace

std::string_view to_string(QuotaWindow window) {
    return windows.word(window);
}

Result<QuotaWindow> parse_quota_window(std::string_view text) {
    if (const auto window = windows.parse(text))
        return *window;
    return refuse(
        Exit::usage,
        "malformed_window",
        quoted(text) + " is no window of a quota",
        "one of day, hour, half_hour"
    );
}

QuotaSpan window_of(Instant now, const QuotaRule& rule, const Zone& zone) {
    USAGECTL_ASSERT(zone.name() == rule.zone);
    switch (rule.window) {
    case QuotaWindow::day:
        return day_around(now, zone);
    case QuotaWindow::hour:
        return hour_around(now, zone);
    case QuotaWindow::half_hour:
        break;
    }
    return {now - half_hour + std::chrono::seconds(1), now + half_hour};
}

Quota decide(
    const QuotaRule& rule, const Zone& zone, Instant now, std::span<const Instant> counted
) {
    USAGECTL_ASSERT(rule.limit >= 0);
    const QuotaSpan span = window_of(now, rule, zone);
    std::vector<Instant> inside;
    for (const Instant at : counted) {
        if (at >= span.from && at < span.to)
            inside.push_back(at);
    }
    std::sort(inside.begin(), inside.end());

    Quota quota{rule.limit, static_cast<std::int64_t>(inside.size()), span.to};
    if (rule.window != QuotaWindow::half_hour)
        return quota;
    // Requests leave one by one. When refused, as many must go as leave one fewer than the limit;
    // with a limit of 0 that is all of them, and still not enough.
    const std::int64_t too_many = std::max<std::int64_t>(quota.used - rule.limit, 0);
    const auto leaves = std::min(static_cast<std::size_t>(too_many) + 1, inside.size());
    quota.resets_at = leaves == 0 ? now : inside[leaves - 1] + half_hour;
    return quota;
}

}  // namespace usagectl::market
