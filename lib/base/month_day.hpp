// SPDX-License-Identifier: MIT
// A date without its year, and texts that name one or a time of day.
#pragma once

#include <compare>
#include <optional>
#include <string_view>

#include "base/instant.hpp"

namespace usagectl {

// A day of any year; February has 29.
struct MonthDay {
    unsigned month = 1;
    unsigned day = 1;
    auto operator<=>(const MonthDay&) const = default;
};

[[nodiscard]] MonthDay month_day(LocalDay day);

// "MM-DD" as a day of a leap year; none when there is no such day.
[[nodiscard]] std::optional<MonthDay> parse_month_day(std::string_view text);
// "HH:MM" in minutes of the day, 0 to 1440: "24:00" is the end of it.
[[nodiscard]] std::optional<int> parse_clock(std::string_view text);

}  // namespace usagectl
