// SPDX-License-Identifier: MIT
// How a time zone goes on after the last transition its file lists: the TZ string at the end of a
// TZif file. Form: POSIX.1-2017, Base Definitions, 8.3 "TZ", with the longer rule times of RFC
// 8536, section 3.3.1. Only strings with a daylight saving rule are of interest: without one
// nothing changes any more.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace usagectl {

class PosixRule {
public:
    // Empty when the string has no rule or is malformed.
    [[nodiscard]] static std::optional<PosixRule> parse(std::string_view text);

    struct Change {
        Instant at{};
        std::int32_t offset = 0;  // seconds east of UTC from here on
        bool daylight = false;
    };
    // The two changes of a year, in order of time.
    [[nodiscard]] std::array<Change, 2> changes(std::chrono::year year) const;

private:
    // A date that comes every year, and a time of day from midnight of that date on.
    struct Date {
        enum class Kind : std::uint8_t { month_week_day, julian_without_leap_day, day_of_year };
        Kind kind = Kind::month_week_day;
        std::int32_t month = 0;
        std::int32_t week = 0;  // 5: the last one
        std::int32_t day = 0;   // of the week, Sunday is 0; else of the year
        std::int32_t seconds = 2 * 3600;

        [[nodiscard]] LocalTime in(std::chrono::year year) const;
    };
    friend class PosixRuleReader;

    std::int32_t standard_ = 0;
    std::int32_t daylight_ = 0;
    Date start_;
    Date end_;
};

}  // namespace usagectl
