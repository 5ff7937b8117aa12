// SPDX-License-Identifier: MIT
// Exact time. An Instant is UTC seconds; a LocalDay and a LocalTime mean nothing without a Zone
// (base/zone.hpp). Nothing here reads a clock: Clock is passed to whoever needs one.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl {

using Instant = std::chrono::sys_seconds;
using LocalDay = std::chrono::local_days;
using LocalTime = std::chrono::local_seconds;

// Days since 1970-01-01 and back.
[[nodiscard]] constexpr std::int32_t day_number(LocalDay day) {
    return static_cast<std::int32_t>(day.time_since_epoch().count());
}
[[nodiscard]] constexpr LocalDay local_day(std::int32_t number) {
    return LocalDay(std::chrono::days(number));
}
[[nodiscard]] constexpr std::int64_t unix_seconds(Instant instant) {
    return instant.time_since_epoch().count();
}
[[nodiscard]] constexpr Instant instant(std::int64_t seconds) {
    return Instant(std::chrono::seconds(seconds));
}

// RFC 3339 date-time with seconds and `Z` or a numeric offset, years 1970 to 2105; a fraction of a
// second and a leap second are refused. Error code `malformed_instant`, exit 2.
[[nodiscard]] Result<Instant> parse_instant(std::string_view text);
// `2026-11-20T14:00:00Z`; the year must have four digits.
[[nodiscard]] std::string format_instant(Instant instant);

// `2026-11-01`; a date that does not exist, or is not within 1970 to 2105, is refused with code
// `malformed_date`, exit 2.
[[nodiscard]] Result<LocalDay> parse_day(std::string_view text);
[[nodiscard]] std::string format_day(LocalDay day);

// The only source of the current time. The system's clock lives in base/clock.cpp; tests and
// sandbox stores pass a fixed one.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

// Milliseconds of the machine's own clock since 1970: for turns that processes take and for how
// long work takes, never for business time. May be set, and so go backwards.
[[nodiscard]] std::int64_t machine_ms();

class FixedClock final : public Clock {
public:
    explicit FixedClock(Instant at)
        : at_(at) {}
    [[nodiscard]] Instant now() const override { return at_; }

private:
    Instant at_;
};

}  // namespace usagectl
