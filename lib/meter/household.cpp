// SPDX-License-Identifier: MIT
#include "meter/household.hpp"

#include <algorithm>

namespace usagectl::meter {

namespace {

constexpr std::int64_t most_wh = 4000;  // of 15 minutes: a 16 kW house
constexpr std::int64_t least_wh = 18;

// Chance in a thousand that an appliance starts in a quarter of an hour, by local hour.
constexpr std::array<std::int16_t, 24> working_day_activity{
    15, 10, 8,  8,  10, 25,  70,  95,  60,  40, 40, 45,
    55, 45, 40, 50, 75, 120, 160, 150, 125, 95, 60, 30,
};
constexpr std::array<std::int16_t, 24> free_day_activity{
    25,  15,  10, 8,  8,   12,  30,  60,  95,  110, 105, 100,
    110, 100, 90, 90, 105, 130, 150, 140, 120, 100, 70,  40,
};

// Monthly mean, and the swing around it by hour, in tenths of a degree Celsius: north Texas.
constexpr std::array<std::int16_t, 12> mean_tenths{
    75,
    98,
    145,
    190,
    236,
    282,
    305,
    304,
    262,
    200,
    136,
    88,
};
constexpr std::array<std::int16_t, 24> swing_tenths{
    -30, -38, -45, -51, -56, -60, -60, -52, -38, -20, 0,   18,
    33,  45,  54,  59,  60,  57,  48,  34,  18,  2,   -11, -21,
};

enum Purpose : std::uint64_t { purpose_house = 1, purpose_weather = 2 };

// The middle of a month has its mean; days between two middles lie on the line between them.
std::int64_t season_tenths(LocalDay day) {
    const std::chrono::year_month_day date(day);
    const auto month = static_cast<std::int64_t>(static_cast<unsigned>(date.month())) - 1;
    const auto days = static_cast<std::int64_t>(static_cast<unsigned>(date.day())) - 15;
    const std::int64_t other = (month + (days < 0 ? 11 : 1)) % 12;
    const std::int64_t here = mean_tenths[static_cast<std::size_t>(month)];
    const std::int64_t there = mean_tenths[static_cast<std::size_t>(other)];
    return here + (there - here) * (days < 0 ? -days : days) / 30;
}

// Weather lasts: a day shares two thirds of its chance with the days before it.
std::int64_t weather_tenths(std::uint64_t seed, LocalDay day) {
    std::int64_t sum = 0;
    for (int back = 0; back < 3; ++back) {
        const auto number = static_cast<std::uint64_t>(day_number(day) - back);
        sum += random_stream(seed, purpose_weather, 0, number).below(121) - 60;
    }
    return sum / 2;
}

// A parabola from sunrise to sunset; the day is 10 hours long in December and 14 in June.
std::int64_t sun_permille(LocalDay day, std::int64_t minute) {
    const std::chrono::year_month_day date(day);
    const auto month = static_cast<std::int64_t>(static_cast<unsigned>(date.month()));
    const std::int64_t from_june = month > 6 ? month - 6 : 6 - month;
    const std::int64_t half = (14 * 60 - from_june * 40) / 2;
    const std::int64_t away = minute - 13 * 60;  // the sun is highest about 13:00 by the clock
    return std::max<std::int64_t>(0, 1000 - away * away * 1000 / (half * half));
}

}  // namespace

RandomStream
random_stream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t meter, std::uint64_t day) {
    RandomStream stream(seed ^ purpose << 56U);
    RandomStream of_meter(stream.next() + meter);
    return RandomStream(of_meter.next() + day);
}

DayWeather day_weather(std::uint64_t seed, LocalDay day, const Zone& zone, std::int32_t minutes) {
    DayWeather weather;
    weather.start = zone.day_start(day);
    weather.minutes = minutes;
    const auto step = std::chrono::minutes(minutes);
    const auto span = zone.day_start(day + std::chrono::days(1)) - weather.start;
    weather.count = static_cast<std::int32_t>(std::min<std::int64_t>(span / step, max_slots));
    weather.working_day = std::chrono::weekday(day).iso_encoding() <= 5;
    RandomStream chance =
        random_stream(seed, purpose_weather, 1, static_cast<std::uint64_t>(day_number(day)));
    weather.clouds = chance.chance(550) ? chance.below(150) : 150 + chance.below(700);
    const std::int64_t mean = season_tenths(day) + weather_tenths(seed, day);
    const auto& activity = weather.working_day ? working_day_activity : free_day_activity;
    for (std::int32_t slot = 0; slot < weather.count; ++slot) {
        const auto at = static_cast<std::size_t>(slot);
        const LocalTime local = zone.local(weather.start + slot * step);
        const std::int64_t seconds = (local - std::chrono::floor<std::chrono::days>(local)).count();
        const auto hour = static_cast<std::size_t>(seconds / 3600);
        weather.minute[at] = static_cast<std::int16_t>(seconds / 60);
        weather.tenths[at] = static_cast<std::int16_t>(mean + swing_tenths[hour]);
        weather.sun[at] = static_cast<std::int16_t>(sun_permille(day, seconds / 60));
        weather.activity[at] = activity[hour];
    }
    return weather;
}

Household::Household(std::uint64_t seed, std::uint32_t meter, bool solar) {
    RandomStream random = random_stream(seed, purpose_house, meter, 0);
    size_percent_ = 60 + random.below(50) + random.below(50);
    base_wh_ =
        (16 + random.below(45)) * size_percent_ / 100 + (random.chance(150) ? random.below(80) : 0);
    cooling_wh_ = (400 + random.below(350)) * size_percent_ / 100;
    // Two thirds of the houses heat with electricity.
    heating_wh_ = random.chance(660) ? (450 + random.below(500)) * size_percent_ / 100 : 30;
    comfort_tenths_ = 215 + random.below(40);
    car_wh_ = random.chance(80) ? 1500 + random.below(900) : 0;
    panels_wh_ = solar ? 700 + random.below(1300) : 0;
}

struct Household::State {
    RandomStream random;
    std::int64_t duty = 0;  // permille of full power that the thermostat still owes
    std::int64_t appliance_wh = 0;
    std::int64_t appliance_left = 0;  // slots
    std::int64_t car_from = 0;        // minute of the day
    std::int64_t car_left = 0;        // slots
};

// Short heavy uses (kettle, oven) and long light ones (washing, television).
std::int64_t
Household::appliances(const DayWeather& weather, std::size_t slot, State& state) const {
    std::int64_t wh = 0;
    if (state.appliance_left > 0) {
        --state.appliance_left;
        wh = state.appliance_wh * (850 + state.random.below(300)) / 1000;
    } else if (state.random.chance(weather.activity[slot] * size_percent_ / 100)) {
        const bool heavy = state.random.chance(300);
        state.appliance_wh = heavy ? 150 + state.random.below(450) : 20 + state.random.below(120);
        state.appliance_left = heavy ? state.random.below(3) : 1 + state.random.below(8);
        wh = state.appliance_wh * state.random.below(1000) / 1000;
    }
    if (state.car_left > 0 && weather.minute[slot] >= state.car_from) {
        --state.car_left;
        wh += car_wh_ - state.random.below(12);
    }
    return wh;
}

// Full power for part of the time: a compressor that owes less than half an interval waits.
std::int64_t Household::thermostat(std::int64_t tenths, State& state) const {
    const std::int64_t warm = tenths - comfort_tenths_;
    const std::int64_t cold = comfort_tenths_ - 60 - tenths;
    const std::int64_t need = warm > 0 ? warm * 7 : cold > 0 ? cold * 5 : 0;
    state.duty += std::min<std::int64_t>(need, 950) * (700 + state.random.below(600)) / 1000;
    if (state.duty < 500) {
        return 0;
    }
    const std::int64_t run = std::min<std::int64_t>(state.duty, 1000);
    state.duty -= run;
    const std::int64_t full = warm > 0 ? cooling_wh_ : heating_wh_;
    return full * run / 1000 * (960 + state.random.below(80)) / 1000;
}

// Thin cloud dims evenly; broken cloud flickers.
std::int64_t Household::panels(const DayWeather& weather, std::size_t slot, State& state) const {
    if (weather.sun[slot] == 0) {
        return 0;
    }
    const std::int64_t shade = weather.clouds / 2 + state.random.below(weather.clouds + 20);
    return panels_wh_ * weather.sun[slot] / 1000 * std::max<std::int64_t>(1000 - shade, 30) / 1000;
}

void Household::fill(
    const DayWeather& weather, RandomStream random, DayBlock& consumption, DayBlock& generation
) const {
    consumption.clear(weather.start, weather.minutes, weather.count);
    generation.clear(weather.start, weather.minutes, panels_wh_ > 0 ? weather.count : 0);
    State state{random};
    state.duty = state.random.below(500);
    if (car_wh_ > 0 && state.random.chance(600)) {
        state.car_from = 18 * 60 + state.random.below(5 * 60);
        state.car_left = (2 + state.random.below(14)) * 15 / weather.minutes;
    }
    for (std::int32_t slot = 0; slot < weather.count; ++slot) {
        const auto at = static_cast<std::size_t>(slot);
        std::int64_t load = base_wh_ + state.random.below(14) + appliances(weather, at, state) +
                            thermostat(weather.tenths[at], state);
        // A refrigerator, about every third quarter of an hour.
        load += state.random.chance(350) ? 18 + state.random.below(14) : 0;
        load = std::clamp(load, least_wh, most_wh);
        const std::int64_t sun = panels_wh_ > 0 ? panels(weather, at, state) : 0;
        consumption.wh[at] = std::max<std::int64_t>(load - sun, 0) * weather.minutes / 15;
        consumption.quality[at] = Quality::actual;
        if (panels_wh_ > 0) {
            generation.wh[at] = std::max<std::int64_t>(sun - load, 0) * weather.minutes / 15;
            generation.quality[at] = Quality::actual;
        }
    }
}

}  // namespace usagectl::meter
