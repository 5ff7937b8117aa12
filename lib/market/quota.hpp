// SPDX-License-Identifier: MIT
// How often one meter may be asked. The market allows one successful read and one successful power
// status per day and ESI ID (FR CR016.1, as told in "SMT Support for Customer Balance Inquiry",
// AMIT PSWG, 5/4/2011, section 1.5); the portal in use today counts by the hour or half hour. The
// figure, the window and the zone are configuration; this is the arithmetic.
//
// Who counts what is the caller's: a successful request counts, and one that may have been carried
// out and is not decided yet counts as well; a failed one does not.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/zone.hpp"

namespace usagectl::market {

// day, hour: of the calendar in the rule's zone. A day has 23, 24 or 25 hours; hours are counted
// from the beginning of the day, so the hour repeated in autumn is two of them.
// half_hour: nothing of the calendar. At least 1,800 s lie between one request and the next, which
// is how Smart Meter Texas itself throttles; with a limit of n, between a request and the n-th
// after it.
enum class QuotaWindow : std::uint8_t { day, hour, half_hour };
[[nodiscard]] std::string_view to_string(QuotaWindow window);  // "day", "hour", "half_hour"
// Error code `malformed_window`, exit 2.
[[nodiscard]] Result<QuotaWindow> parse_quota_window(std::string_view text);

struct QuotaRule {
    std::int64_t limit = 1;  // requests per window; 0: never
    QuotaWindow window = QuotaWindow::day;
    std::string zone = "America/Chicago";  // the market's, whatever the meter's is
};

// The requests of [from, to) are the ones that count for a request made at `now`: the calendar's
// day or hour around it, or less than 1,800 s to either side (a clock that was set back leaves
// requests in the future, and they were made all the same). Precondition: `zone` is the rule's.
struct QuotaSpan {
    Instant from{};
    Instant to{};
};
[[nodiscard]] QuotaSpan window_of(Instant now, const QuotaRule& rule, const Zone& zone);

// `resets_at`: when refused, the first instant at which the same question is answered otherwise
// (with a limit of 0 too, though it never is); when allowed, the end of the calendar's window, or
// for half_hour the instant the oldest request stops counting (`now` when there is none).
struct Quota {
    std::int64_t limit = 1;
    std::int64_t used = 0;
    Instant resets_at{};

    [[nodiscard]] bool allowed() const { return used < limit; }
    bool operator==(const Quota&) const = default;
};
// `counted`: instants of requests that count, in any order; those outside the window are ignored.
[[nodiscard]] Quota
decide(const QuotaRule& rule, const Zone& zone, Instant now, std::span<const Instant> counted);

}  // namespace usagectl::market
