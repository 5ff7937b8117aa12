// SPDX-License-Identifier: MIT
// The readings of an account's meter over some local days, cut at a moment, and what they leave
// open filled by estimates, a day at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/meter_line.hpp"
#include "base/zone.hpp"
#include "meter/series.hpp"

namespace usagectl::app {

struct MeterDaysWanted {
    MeterLine meters;
    meter::DayRange days;
    const Zone* zone = nullptr;
    Instant until{};                  // intervals that end later are left out
    std::optional<Instant> known_at;  // none: as it is stored now
};

class MeterDays {
public:
    // Reads four weeks more than wanted: estimates are made from them.
    MeterDays(Store& store, MeterDaysWanted wanted);

    // The best value of each interval of the day; missing ones are estimated when wanted
    // (meter::fill_missing). Estimated here means no layer, as against an estimate the settled data
    // bring.
    [[nodiscard]] std::vector<meter::SeriesInterval> consumption(LocalDay day, bool estimate) const;
    // Empty where nothing was ever fed in on that day; never estimated.
    [[nodiscard]] std::vector<meter::SeriesInterval> generation(LocalDay day) const;

    // The end of the last reading of a layer; none: there is none within 400 days.
    [[nodiscard]] std::optional<Instant> through(Store& store, meter::Layer layer) const;

private:
    [[nodiscard]] std::vector<meter::StoredBlock>
    read(Store& store, meter::Channel channel, meter::Layer layer, meter::DayRange days) const;
    [[nodiscard]] std::pair<std::size_t, std::size_t> places_of(LocalDay day) const;

    MeterDaysWanted wanted_;
    std::vector<meter::StoredBlock> used_;  // consumption of both layers
    std::vector<meter::StoredBlock> fed_in_;
    std::vector<meter::SeriesInterval> series_;  // consumption, from four weeks before
};

}  // namespace usagectl::app
