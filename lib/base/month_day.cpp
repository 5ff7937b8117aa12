// SPDX-License-Identifier: MIT
#include "base/month_day.hpp"

#include "base/number.hpp"

namespace usagectl {

MonthDay month_day(LocalDay day) {
    const std::chrono::year_month_day date(day);
    return {static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day())};
}

std::optional<MonthDay> parse_month_day(std::string_view text) {
    if (text.size() != 5 || text[2] != '-')
        return std::nullopt;
    const auto month = parse_integer(text.substr(0, 2), 1, 12);
    const auto day = parse_integer(text.substr(3), 1, 31);
    if (!month || !day)
        return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(2024),
        std::chrono::month(static_cast<unsigned>(*month)),
        std::chrono::day(static_cast<unsigned>(*day))
    );
    if (!date.ok())
        return std::nullopt;
    return MonthDay{static_cast<unsigned>(*month), static_cast<unsigned>(*day)};
}

std::optional<int> parse_clock(std::string_view text) {
    if (text.size() != 5 || text[2] != ':' || text.find('-') != std::string_view::npos)
        return std::nullopt;
    const auto hour = parse_integer(text.substr(0, 2), 0, 24);
    const auto minute = parse_integer(text.substr(3), 0, 59);
    if (!hour || !minute || (*hour == 24 && *minute != 0))
        return std::nullopt;
    return static_cast<int>(*hour * 60 + *minute);
}

}  // namespace usagectl
