// SPDX-License-Identifier: MIT
#include "net/market_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>

#include "base/number.hpp"

namespace usagectl::net {
namespace {

constexpr std::size_t day_size = 10;

[[nodiscard]] std::optional<std::int64_t> digits(
    std::string_view text, std::size_t at, std::size_t size, std::int64_t low, std::int64_t high
) {
    if (text.size() < at + size || text.substr(at, 1) == "-")
        return {};
    return parse_integer(text.substr(at, size), low, high);
}

[[nodiscard]] std::string_view without_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(' ');
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// What stands behind the date; nothing when there is no date at all.
[[nodiscard]] std::string_view behind_day(std::string_view text) {
    return text.size() <= day_size ? std::string_view{} : without_blanks(text.substr(day_size + 1));
}

struct TimeOfDay {
    std::int32_t seconds = 0;
};

[[nodiscard]] std::optional<TimeOfDay> time_of_day(std::string_view text) {
    const auto hours = digits(text, 0, 2, 0, 24);
    const auto minutes = digits(text, 3, 2, 0, 59);
    if (!hours || !minutes || text[2] != ':')
        return {};
    std::int64_t seconds = 0;
    if (text.size() > 5) {
        const auto read = digits(text, 6, 2, 0, 59);
        if (!read || text[5] != ':')
            return {};
        // A fraction of a second may follow; it is of no use here.
        if (text.size() > 8 && text[8] != '.')
            return {};
        seconds = *read;
    }
    const std::int64_t sum = (*hours * 60 + *minutes) * 60 + seconds;
    if (sum > 24 * 3600)
        return {};
    return TimeOfDay{static_cast<std::int32_t>(sum)};
}

}  // namespace

std::optional<LocalDay> market_day(std::string_view text) {
    text = without_blanks(text);
    if (text.size() > day_size && text[day_size] != ' ' && text[day_size] != 'T')
        return {};
    const std::string_view day = text.substr(0, day_size);
    if (day.size() == day_size && day[2] == '/' && day[5] == '/') {
        std::string turned(day.substr(6, 4));
        turned += '-';
        turned += day.substr(0, 2);
        turned += '-';
        turned += day.substr(3, 2);
        if (const auto parsed = parse_day(turned))
            return *parsed;
        return {};
    }
    if (const auto parsed = parse_day(day))
        return *parsed;
    return {};
}

std::string market_day_text(LocalDay day) {
    const std::string iso = format_day(day);
    return iso.substr(5, 2) + '/' + iso.substr(8, 2) + '/' + iso.substr(0, 4);
}

std::optional<Instant> market_instant(std::string_view text, const Zone& zone, Instant now) {
    text = without_blanks(text);
    const auto day = market_day(text);
    const auto time = time_of_day(behind_day(text));
    if (!day || !time)
        return {};
    const LocalTime local = LocalTime(*day) + std::chrono::seconds(time->seconds);
    const Zone::Readings readings = zone.readings(local);
    if (readings.count == 0)
        return zone.from_standard(local);
    // Clocks of two houses differ by a little, never by half of the hour that is repeated.
    if (readings.count == 2 && readings.second <= now + std::chrono::minutes(20))
        return readings.second;
    return readings.first;
}

std::optional<std::int32_t> market_minutes(std::string_view text) {
    text = without_blanks(text);
    const auto time = time_of_day(market_day(text) ? behind_day(text) : text);
    if (!time || time->seconds % 60 != 0)
        return {};
    return time->seconds / 60;
}

std::string shown_words(std::string_view text) {
    constexpr std::size_t longest = 160;
    std::string shown(without_blanks(text).substr(0, longest));
    for (char& c : shown) {
        if (c < ' ' || c > '~')
            c = '?';
    }
    return shown;
}

}  // namespace usagectl::net
