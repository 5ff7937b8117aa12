// SPDX-License-Identifier: MIT
#include "tariff/types.hpp"

#include <algorithm>

#include "base/words.hpp"

namespace usagectl::tariff {

namespace {

constexpr Words<Kind::tax> kinds{
    "energy",
    "delivery",
    "pca",
    "fixed",
    "option",
    "generation",
    "minimum",
    "fee",
    "tax",
};
constexpr Words<Basis::percent> bases{"kWh", "day", "each", "percent"};

}  // namespace

std::string_view to_string(Kind kind) {
    return kinds.word(kind);
}

std::string_view to_string(Basis basis) {
    return bases.word(basis);
}

std::size_t day_of_leap_year(MonthDay day) {
    constexpr std::array<std::size_t, 12> before{
        0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335};
    return before[day.month - 1] + day.day - 1;
}

std::size_t weekday_type(LocalDay day) {
    return std::chrono::weekday(day).iso_encoding() - 1;
}

bool is_holiday(const Holidays& holidays, LocalDay day) {
    return std::find(holidays.dates.begin(), holidays.dates.end(), day) != holidays.dates.end() ||
           std::find(holidays.yearly.begin(), holidays.yearly.end(), month_day(day)) !=
               holidays.yearly.end();
}

bool contains(const Season& season, MonthDay day) {
    if (season.from <= season.to)
        return season.from <= day && day <= season.to;
    return season.from <= day || day <= season.to;
}

}  // namespace usagectl::tariff
