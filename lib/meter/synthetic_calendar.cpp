// SPDX-License-Identifier: MIT
#include "meter/synthetic_calendar.hpp"

#include <fmt/format.h>

namespace usagectl::meter {

namespace {

std::string clock_text(std::int64_t minute) {
    return fmt::format("{:02}:{:02}", minute / 60 % 24, minute % 60);
}

std::string smt_date(LocalDay day) {
    const std::chrono::year_month_day date(day);
    return fmt::format(
        "{:02}/{:02}/{:04}",
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()),
        static_cast<int>(date.year())
    );
}

std::string times(std::int64_t from, std::int64_t to) {
    return clock_text(from) + "," + clock_text(to) + ",";
}

// A row starts where the row before it ended. That makes blank rows of the hour that is skipped in
// spring, and labels the first repeated interval of autumn `02:00,01:15`, as the portal does.
std::vector<SyntheticCalendar::Row> smt_rows(const DayWeather& weather) {
    std::vector<SyntheticCalendar::Row> rows;
    std::int64_t reached = weather.minute[0];
    for (std::int32_t slot = 0; slot < weather.count; ++slot) {
        const std::int64_t start = weather.minute[static_cast<std::size_t>(slot)];
        for (; reached < start; reached += weather.minutes) {
            rows.push_back({times(reached, reached + weather.minutes), -1});
        }
        rows.push_back({times(reached, start + weather.minutes), slot});
        reached = start + weather.minutes;
    }
    return rows;
}

std::string lse_header_of(LocalDay day, const DayWeather& weather) {
    std::string date = format_day(day);
    std::erase(date, '-');
    const std::int64_t from = weather.minute[0];
    const std::int64_t to =
        weather.minute[static_cast<std::size_t>(weather.count - 1)] + weather.minutes - 1;
    return fmt::format(
        "{0}{1:02}{2:02}00,{0}{3:02}{4:02}59,Y,N\n"
        "00000002,,,1,0,1,0,{5},01,,,,\n00000003,\n00000004,,\n",
        date,
        from / 60,
        from % 60,
        to / 60,
        to % 60,
        weather.minutes * 60
    );
}

}  // namespace

SyntheticCalendar::SyntheticCalendar(const SyntheticOptions& options, std::uint32_t number)
    : day(options.first_day + std::chrono::days(number))
    , index(number)
    , weather(day_weather(options.seed, day, *options.zone, options.minutes)) {
    if (weather.count > 0) {
        lse_header = lse_header_of(day, weather);
        rows = smt_rows(weather);
    }
    usage_date = smt_date(day);
    posted = smt_date(day + std::chrono::days(1)) + " 07:41:42";
    reposted =
        smt_date(day + std::chrono::days(1 + SyntheticUtility::revision_delay)) + " 07:42:01";
}

}  // namespace usagectl::meter
