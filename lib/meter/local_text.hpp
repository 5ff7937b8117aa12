// SPDX-License-Identifier: MIT
// Dates and wall clock times in the shapes meter files use. Every function is empty for text of
// another shape, for a date that does not exist and for years outside 1970 to 2105.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {

// The number `text` writes in digits alone, at most 9 of them; -1 when it does not.
[[nodiscard]] inline int digits_value(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c))
            return -1;
        value = value * 10 + (c - '0');
    }
    return text.empty() ? -1 : value;
}

[[nodiscard]] inline std::optional<LocalDay> day_from(int year, int month, int day) {
    if (year < 1970 || year > 2105 || month < 1 || day < 1)
        return {};
    const std::chrono::year_month_day date(
        std::chrono::year(year),
        std::chrono::month(static_cast<unsigned>(month)),
        std::chrono::day(static_cast<unsigned>(day))
    );
    if (!date.ok())
        return {};
    return LocalDay(date);
}

// `12/31/2025` or `2025-12-31`.
[[nodiscard]] inline std::optional<LocalDay> parse_date(std::string_view text) {
    if (text.size() != 10)
        return {};
    const auto number = [&](std::size_t at, std::size_t size) {
        return digits_value(text.substr(at, size));
    };
    if (text[2] == '/' && text[5] == '/')
        return day_from(number(6, 4), number(0, 2), number(3, 2));
    if (text[4] == '-' && text[7] == '-')
        return day_from(number(0, 4), number(5, 2), number(8, 2));
    return {};
}

// `23:45` as minutes after midnight; `24:00` is 1440, the end of the day. -1 when it is neither.
[[nodiscard]] inline int parse_minute(std::string_view text) {
    if (text.size() != 5 || text[2] != ':')
        return -1;
    const int hours = digits_value(text.substr(0, 2));
    const int minutes = digits_value(text.substr(3, 2));
    if (hours < 0 || minutes < 0 || minutes > 59)
        return -1;
    const int value = hours * 60 + minutes;
    return value <= 1440 ? value : -1;
}

// A date, then `HH:MM` or `HH:MM:SS` after a space or a `T`, or nothing, which is midnight.
[[nodiscard]] inline std::optional<LocalTime> parse_date_time(std::string_view text) {
    const std::optional<LocalDay> day = parse_date(text.substr(0, 10));
    if (!day)
        return {};
    if (text.size() == 10)
        return LocalTime(*day);
    if (text[10] != ' ' && text[10] != 'T')
        return {};
    const std::string_view clock = trim(text.substr(11));
    const int minute = parse_minute(clock.substr(0, 5));
    const bool has_seconds = clock.size() == 8 && clock[5] == ':';
    const int second = has_seconds ? digits_value(clock.substr(6)) : 0;
    if (minute < 0 || minute == 1440 || second < 0 || second > 59)
        return {};
    if (clock.size() != 5 && !has_seconds)
        return {};
    return LocalTime(*day) + std::chrono::minutes(minute) + std::chrono::seconds(second);
}

// `20251231234500`.
[[nodiscard]] inline std::optional<LocalTime> parse_stamp(std::string_view text) {
    if (text.size() != 14)
        return {};
    const auto number = [&](std::size_t at, std::size_t size) {
        return digits_value(text.substr(at, size));
    };
    const std::optional<LocalDay> day = day_from(number(0, 4), number(4, 2), number(6, 2));
    const int hour = number(8, 2);
    const int minute = number(10, 2);
    const int second = number(12, 2);
    if (!day || hour < 0 || minute < 0 || second < 0)
        return {};
    if (hour > 23 || minute > 59 || second > 59)
        return {};
    return LocalTime(*day) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

// The way back: `20251231234500`.
[[nodiscard]] inline std::string format_stamp(LocalTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    std::string text = std::to_string(static_cast<int>(date.year()));
    const auto add = [&text](std::int64_t number) {
        text += std::to_string(100 + number).substr(1);
    };
    add(static_cast<unsigned>(date.month()));
    add(static_cast<unsigned>(date.day()));
    add(clock.hours().count());
    add(clock.minutes().count());
    add(clock.seconds().count());
    return text;
}

// When a clock on the wall showed `time`, for a mark of when something was made: the first time
// when it showed it twice; a time that was skipped was written by a clock that had not been put
// forward.
[[nodiscard]] inline Instant wall_instant(LocalTime time, const Zone& zone) {
    const Zone::Readings readings = zone.readings(time);
    return readings.count != 0 ? readings.first : zone.from_standard(time);
}

}  // namespace usagectl::meter
