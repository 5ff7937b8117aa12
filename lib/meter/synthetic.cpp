// SPDX-License-Identifier: MIT
#include "meter/synthetic.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.hpp"
#include "meter/household.hpp"
#include "meter/synthetic_calendar.hpp"

namespace usagectl::meter {

namespace {

enum Purpose : std::uint64_t { purpose_solar = 3, purpose_posting = 4, purpose_load = 5 };

// What becomes of one meter's day on its way to the file.
struct Fate {
    bool missing = false;
    bool revised = false;
    std::int32_t estimated_from = 0;
    std::int32_t estimated_count = 0;
};

// Chance goes by date, so that files of adjoining spans agree.
std::uint64_t date_number(const SyntheticOptions& options, std::uint32_t day) {
    return static_cast<std::uint64_t>(day_number(options.first_day + std::chrono::days(day)));
}

Fate fate_of(const SyntheticOptions& options, std::uint32_t meter, std::uint32_t day) {
    RandomStream random =
        random_stream(options.seed, purpose_posting, meter, date_number(options, day));
    Fate fate;
    fate.missing = random.chance(options.missing_permille);
    if (random.chance(options.estimated_permille)) {
        // An outage of the radio network: an hour to most of a day.
        const std::int64_t minutes = 60 + random.below(20 * 60);
        const std::int64_t from = random.below(24 * 60 - minutes + 1);
        fate.estimated_count =
            static_cast<std::int32_t>(std::max<std::int64_t>(1, minutes / options.minutes));
        fate.estimated_from = static_cast<std::int32_t>(from / options.minutes);
        fate.revised = random.below(100) < options.revised_percent;
    }
    return fate;
}

// Replaces a run by a smooth profile with the same sum, and marks it.
void estimate_run(
    DayBlock& block, const Fate& fate, const std::array<std::int16_t, max_slots>& weights
) {
    const std::int32_t first = std::min(fate.estimated_from, block.count);
    const std::int32_t last = std::min(first + fate.estimated_count, block.count);
    std::int64_t energy = 0;
    std::int64_t weight = 0;
    for (std::int32_t slot = first; slot < last; ++slot) {
        energy += block.wh[static_cast<std::size_t>(slot)];
        weight += weights[static_cast<std::size_t>(slot)];
    }
    std::int64_t reached = 0;
    for (std::int32_t slot = first; slot < last; ++slot) {
        const auto at = static_cast<std::size_t>(slot);
        block.quality[at] = Quality::estimated;
        if (weight > 0) {
            const std::int64_t before = energy * reached / weight;
            reached += weights[at];
            block.wh[at] = energy * reached / weight - before;
        }
    }
}

}  // namespace

SyntheticUtility::SyntheticUtility(const SyntheticOptions& options)
    : options_(options) {
    USAGECTL_ASSERT(options.zone != nullptr);
    USAGECTL_ASSERT(valid_interval_minutes(options.minutes));
    USAGECTL_ASSERT(options.meters <= 9'999'999);
    USAGECTL_ASSERT(options.solar_percent <= 100 && options.revised_percent <= 100);
    USAGECTL_ASSERT(options.estimated_permille <= 1000 && options.missing_permille <= 1000);
}

std::string SyntheticUtility::meter_id(std::uint32_t meter) {
    return fmt::format("1044372099{:07}", meter + 1);
}

bool SyntheticUtility::has_solar(std::uint32_t meter) const {
    return random_stream(options_.seed, purpose_solar, meter, 0).below(100) <
           options_.solar_percent;
}

bool SyntheticUtility::revised(std::uint32_t meter, std::uint32_t day) const {
    if (options_.days <= revision_delay || day >= options_.days - revision_delay) {
        return false;
    }
    const Fate fate = fate_of(options_, meter, day);
    return !fate.missing && fate.revised;
}

bool SyntheticUtility::fill(
    std::uint32_t meter, std::uint32_t day, Posting posting, SyntheticDay& out
) const {
    return fill(meter, day, posting, SyntheticCalendar(options_, day), out);
}

bool SyntheticUtility::fill(
    std::uint32_t meter,
    std::uint32_t day,
    Posting posting,
    const SyntheticCalendar& calendar,
    SyntheticDay& out
) const {
    const Fate fate = fate_of(options_, meter, day);
    if (fate.missing || calendar.weather.count == 0) {
        return false;
    }
    const Household household(options_.seed, meter, has_solar(meter));
    const RandomStream random =
        random_stream(options_.seed, purpose_load, meter, date_number(options_, day));
    household.fill(calendar.weather, random, out.consumption, out.generation);
    const bool replaced = posting == Posting::last && revised(meter, day);
    if (fate.estimated_count > 0 && !replaced) {
        estimate_run(out.consumption, fate, calendar.weather.activity);
        estimate_run(out.generation, fate, calendar.weather.sun);
    }
    return true;
}

}  // namespace usagectl::meter
