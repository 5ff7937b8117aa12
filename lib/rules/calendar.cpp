// SPDX-License-Identifier: MIT
#include "rules/calendar.hpp"

#include <algorithm>
#include <array>

namespace usagectl::rules {

namespace {

using std::chrono::days;
constexpr std::size_t saturday = 5;
constexpr std::size_t sunday = 6;

bool is_nth(const Holiday::Nth& nth, LocalDay day) {
    const std::chrono::year_month_day date(day);
    const auto number = static_cast<unsigned>(date.day());
    if (static_cast<unsigned>(date.month()) != nth.month || weekday_of(day) != nth.weekday)
        return false;
    if (nth.nth > 0)
        return (number - 1) / 7 + 1 == static_cast<unsigned>(nth.nth);
    // The last: a week later is another month.
    return std::chrono::year_month_day(day + days(7)).month() != date.month();
}

bool falls_on(const Holiday& holiday, LocalDay day) {
    const auto base = day - days(holiday.after_days);
    if (const auto* date = std::get_if<LocalDay>(&holiday.when))
        return *date == base;
    if (const auto* yearly = std::get_if<MonthDay>(&holiday.when))
        return *yearly == month_day(base);
    return is_nth(std::get<Holiday::Nth>(holiday.when), base);
}

bool is_observed_on(const Holiday& holiday, LocalDay day) {
    if (!holiday.observed)
        return false;
    return (weekday_of(day) == saturday - 1 && falls_on(holiday, day + days(1))) ||
           (weekday_of(day) == 0 && falls_on(holiday, day - days(1)));
}

}  // namespace

std::size_t weekday_of(LocalDay day) {
    return std::chrono::weekday(day).iso_encoding() - 1;
}

std::string_view weekday_name(std::size_t weekday) {
    constexpr std::array<std::string_view, sunday + 1> names{
        "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    return names.at(weekday);
}

const Holiday* holiday_on(const std::vector<Holiday>& holidays, LocalDay day) {
    const auto found = std::find_if(holidays.begin(), holidays.end(), [day](const Holiday& one) {
        return falls_on(one, day) || is_observed_on(one, day);
    });
    return found == holidays.end() ? nullptr : &*found;
}

bool forbids(const NoSuspensionOn& rule, const std::vector<Holiday>& holidays, LocalDay day) {
    return rule.weekdays[weekday_of(day)] ||
           (rule.holidays && holiday_on(holidays, day) != nullptr) ||
           (rule.before_holiday && holiday_on(holidays, day + days(1)) != nullptr);
}

}  // namespace usagectl::rules
