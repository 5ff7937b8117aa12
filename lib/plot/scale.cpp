// SPDX-License-Identifier: MIT
#include "plot/scale.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace usagectl::plot {

namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::array<int, 6> hour_steps{1, 2, 3, 4, 6, 12};
constexpr std::array<int, 5> day_steps{1, 2, 4, 7, 14};
constexpr std::array<int, 9> month_steps{1, 2, 3, 6, 12, 24, 60, 120, 600};

// The first step of which `span` holds at most `most`; 0 when none is long enough.
template <std::size_t Size>
int fitting(
    const std::array<int, Size>& steps, std::int64_t span, std::int64_t unit, std::int64_t most
) {
    const auto fits = [&](int step) { return span <= most * step * unit; };
    const auto found = std::find_if(steps.begin(), steps.end(), fits);
    return found == steps.end() ? 0 : *found;
}

class Ticks {
public:
    Ticks(Instant from, Instant to, const Zone& zone)
        : from_(from)
        , to_(to)
        , zone_(zone) {}

    void by_hour(int step) {
        const LocalDay first = zone_.day_of(from_);
        for (LocalDay day = first; zone_.day_start(day) < to_; day += days(1)) {
            for (int hour = 0; hour < 24; hour += step) {
                const bool later_midnight = hour == 0 && day != first;
                add(LocalTime(day) + hours(hour),
                    later_midnight ? format_day(day).substr(5) : fmt::format("{:02}:00", hour));
            }
        }
    }
    void by_day(int step) {
        for (LocalDay day = zone_.day_of(from_); zone_.day_start(day) < to_; day += days(step)) {
            add(LocalTime(day), format_day(day).substr(5));
        }
    }
    void by_month(int step) {
        const std::chrono::year_month_day date(zone_.day_of(from_));
        auto month = date.year() / date.month();
        while (LocalTime(LocalDay(month / 1)) < zone_.local(to_)) {
            add(LocalTime(LocalDay(month / 1)), format_day(LocalDay(month / 1)).substr(0, 7));
            month += std::chrono::months(step);
        }
    }
    std::vector<TimeTick> take() { return std::move(ticks_); }

private:
    void add(LocalTime time, std::string label) {
        const Zone::Readings readings = zone_.readings(time);
        if (readings.count > 0 && readings.first >= from_ && readings.first < to_) {
            ticks_.push_back({readings.first, std::move(label)});
        }
    }

    Instant from_, to_;
    const Zone& zone_;
    std::vector<TimeTick> ticks_;
};

}  // namespace

std::int64_t nice_step(std::int64_t least, bool fine) {
    constexpr std::int64_t largest = 100'000'000'000'000'000;
    std::int64_t ten = 1;
    while (ten < largest && ten * 10 <= least) {
        ten *= 10;
    }
    for (const int digit : {1, 2, 3, 4, 5, 6, 8}) {
        const bool coarse = digit == 1 || digit == 2 || digit == 5;
        if ((fine || coarse) && ten * digit >= least) {
            return ten * digit;
        }
    }
    return ten * 10;
}

ValueAxis value_axis(std::int64_t highest, std::int64_t most) {
    // All zero: up to one kilo-unit, rather than to a thousandth.
    const std::int64_t step = highest == 0 ? 1000 : nice_step((highest + most - 1) / most);
    return {step, std::max<std::int64_t>(1, (highest + step - 1) / step) * step};
}

std::string kilo_text(std::int64_t value, std::int64_t step) {
    const int decimals = step % 1000 == 0 ? 0 : step % 100 == 0 ? 1 : step % 10 == 0 ? 2 : 3;
    const std::string digits = fmt::format("{:03}", value % 1000);
    const std::string whole = std::to_string(value / 1000);
    return decimals == 0 ? whole
                         : whole + "." + digits.substr(0, static_cast<std::size_t>(decimals));
}

std::vector<TimeTick> time_ticks(Instant from, Instant to, const Zone& zone, std::int64_t most) {
    const std::int64_t span = (to - from).count();
    Ticks ticks(from, to, zone);
    if (const int step = fitting(hour_steps, span, 3600, most); step != 0) {
        ticks.by_hour(step);
    } else if (const int each = fitting(day_steps, span, 86400, most); each != 0) {
        ticks.by_day(each);
    } else {
        const int months = fitting(month_steps, span, 28 * 86400, most);
        ticks.by_month(months == 0 ? 1200 : months);
    }
    return ticks.take();
}

std::string local_text(Instant at, const Zone& zone) {
    const LocalTime local = zone.local(at);
    const auto day = std::chrono::floor<days>(local);
    const std::chrono::hh_mm_ss clock(local - day);
    return fmt::format(
        "{} {:02}:{:02}", format_day(day), clock.hours().count(), clock.minutes().count()
    );
}

std::string span_text(Instant from, Instant to, const Zone& zone) {
    const std::string first = format_day(zone.day_of(from));
    const std::string last = format_day(zone.day_of(to - std::chrono::seconds(1)));
    return first == last ? first : first + " to " + last;
}

}  // namespace usagectl::plot
