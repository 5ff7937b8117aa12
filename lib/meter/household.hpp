// SPDX-License-Identifier: MIT
// One synthetic household's load, interval by interval: a base load, a thermostat that cycles with
// the weather, appliances that follow the day, perhaps an electric car and solar panels. Integer
// arithmetic on a stream of pseudo-random numbers; a part of meter/synthetic.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/zone.hpp"
#include "meter/day_block.hpp"

namespace usagectl::meter {

// SplitMix64 (Steele, Lea, Flood 2014): any start value gives a sound stream.
class RandomStream {
public:
    explicit RandomStream(std::uint64_t state)
        : state_(state) {}
    std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31U);
    }
    // In [0, range); range below 2^32.
    std::int64_t below(std::int64_t range) {
        return static_cast<std::int64_t>(
            (next() >> 32U) * static_cast<std::uint64_t>(range) >> 32U
        );
    }
    bool chance(std::int64_t of_thousand) { return below(1000) < of_thousand; }

private:
    std::uint64_t state_;
};

// A stream of its own for each use: the same seed, purpose, meter and day give the same numbers.
[[nodiscard]] RandomStream
random_stream(std::uint64_t seed, std::uint64_t purpose, std::uint64_t meter, std::uint64_t day);

// What all households share on one local day.
struct DayWeather {
    Instant start{};
    std::int32_t minutes = 15;
    std::int32_t count = 0;
    bool working_day = true;
    std::int64_t clouds = 0;                       // permille of the sun taken away
    std::array<std::int16_t, max_slots> minute;    // of the local day
    std::array<std::int16_t, max_slots> tenths;    // degrees Celsius
    std::array<std::int16_t, max_slots> sun;       // permille of the panels' peak, without clouds
    std::array<std::int16_t, max_slots> activity;  // permille: chance that an appliance starts
};
[[nodiscard]] DayWeather
day_weather(std::uint64_t seed, LocalDay day, const Zone& zone, std::int32_t minutes);

class Household {
public:
    Household(std::uint64_t seed, std::uint32_t meter, bool solar);

    // Fills both blocks, every slot actual: the net of load and sun, one way or the other. Without
    // panels, `generation` has no slots.
    void fill(
        const DayWeather& weather, RandomStream random, DayBlock& consumption, DayBlock& generation
    ) const;

private:
    struct State;
    std::int64_t appliances(const DayWeather& weather, std::size_t slot, State& state) const;
    std::int64_t thermostat(std::int64_t tenths, State& state) const;
    std::int64_t panels(const DayWeather& weather, std::size_t slot, State& state) const;

    // Wh are those of 15 minutes.
    std::int64_t base_wh_ = 0;
    std::int64_t size_percent_ = 100;
    std::int64_t cooling_wh_ = 0;
    std::int64_t heating_wh_ = 0;
    std::int64_t comfort_tenths_ = 0;
    std::int64_t car_wh_ = 0;
    std::int64_t panels_wh_ = 0;
};

}  // namespace usagectl::meter
