// SPDX-License-Identifier: MIT
// A time zone of the system's database, and what a local day is in it.
//
// A local day D is the half-open span [day_start(D), day_start(D+1)) of instants. Days partition
// time: no overlap, no hole, in every zone, also where midnight does not exist (the day begins at
// the first instant that belongs to it), where the clock falls back across midnight (the day begins
// when its date has come for good), and where a date was skipped (that day is empty). A day has 23,
// 24 or 25 hours in most zones; it is counted, never assumed.
//
// A Zone is immutable, safe to share between threads, and lives until the process ends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"

namespace usagectl {

class Zone {
public:
    // Finds a zone by its IANA name, e.g. `America/Chicago`. Error code `timezone_unknown`, exit 2,
    // with the nearest names as the hint. The same name gives the same object.
    [[nodiscard]] static Result<const Zone*> find(std::string_view name);

    // Every zone name of the system's database, sorted; for completion and for property tests.
    [[nodiscard]] static std::vector<std::string> names();

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] Instant day_start(LocalDay day) const;
    [[nodiscard]] LocalDay day_of(Instant instant) const;
    [[nodiscard]] LocalTime local(Instant instant) const;
    // Seconds to add to UTC to get local time at this instant.
    [[nodiscard]] std::int32_t offset(Instant instant) const;

    // The instants a wall clock showed `time`: none (skipped), one, or two (repeated; first <
    // second).
    struct Readings {
        int count = 0;
        Instant first{};
        Instant second{};
    };
    [[nodiscard]] Readings readings(LocalTime time) const;

    // For files that declare local standard time all year: `time` minus the standard offset that
    // holds around it.
    [[nodiscard]] Instant from_standard(LocalTime time) const;

private:
    // The offset that holds from `at` until the next transition.
    struct Transition {
        std::int64_t at;
        std::int32_t offset;    // seconds east of UTC
        std::int32_t standard;  // the same without daylight saving
    };
    explicit Zone(std::string name)
        : name_(std::move(name)) {}
    [[nodiscard]] const Transition& at(std::int64_t seconds) const;

    std::string name_;
    std::vector<Transition> transitions_;  // ascending; the first is from the beginning of time

    friend class ZoneLoader;
};

}  // namespace usagectl
