// SPDX-License-Identifier: MIT
#include "tariff/types.hpp"

#include <algorithm>

namespace usagectl::tariff {

std::string_view to_string(Kind kind) {
    switch (kind) {
    case Kind::energy:
        return "energy";
    case Kind::delivery:
        return "delivery";
    case Kind::pca:
        return "pca";
    case Kind::fixed:
        return "fixed";
    case Kind::option:
        return "option";
    case Kind::generation:
        return "generation";
    case Kind::minimum:
        return "minimum";
    case Kind::fee:
        return "fee";
    case Kind::tax:
        return "tax";
    }
    return {};
}

std::string_view to_string(Basis basis) {
    switch (basis) {
    case Basis::per_kwh:
        return "kWh";
    case Basis::per_day:
        return "day";
    case Basis::each:
        return "each";
    case Basis::percent:
        return "percent";
    }
    return {};
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
