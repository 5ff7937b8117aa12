// SPDX-License-Identifier: MIT
// What a local day is, remembered: a file has a hundred thousand meters on the same few days, and
// asking the zone is dear. Never wrong: an entry that does not fit is asked for again.
#pragma once

#include <array>
#include <cstdint>

#include "base/zone.hpp"

namespace usagectl::meter {

class LocalDays {
public:
    struct Day {
        const Zone* zone = nullptr;
        std::int64_t start = 0;
        std::int64_t end = 0;
        LocalDay day{};
    };

    // The local day that holds the instant.
    const Day& find(const Zone* zone, std::int64_t seconds) {
        const auto number = static_cast<std::size_t>(seconds / 86'400);
        const auto spread = reinterpret_cast<std::uintptr_t>(zone) / 64;
        Day& day = days_[(number + spread) % days_.size()];
        if (day.zone != zone || seconds < day.start || seconds >= day.end) {
            const LocalDay local = zone->day_of(instant(seconds));
            day.start = unix_seconds(zone->day_start(local));
            day.end = unix_seconds(zone->day_start(local + std::chrono::days(1)));
            day.day = local;
            day.zone = zone;
        }
        return day;
    }

private:
    std::array<Day, 1024> days_{};
};

}  // namespace usagectl::meter
