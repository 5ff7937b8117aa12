// SPDX-License-Identifier: MIT
// One local day of the synthetic utility as files write it, made once for all meters. A part of
// meter/synthetic.hpp.
#pragma once

#include <string>
#include <vector>

#include "meter/household.hpp"
#include "meter/synthetic.hpp"

namespace usagectl::meter {

struct SyntheticCalendar {
    SyntheticCalendar(const SyntheticOptions& options, std::uint32_t number);

    // A row of a Smart Meter Texas file: `HH:MM,HH:MM,`, and the slot, or -1 for a blank row.
    struct Row {
        std::string times;
        std::int32_t slot = 0;
    };

    LocalDay day;
    std::uint32_t index;     // of the utility's days
    DayWeather weather;      // without slots on a date that the zone skipped
    std::string lse_header;  // from the start time of row one to the end of row four
    std::vector<Row> rows;
    std::string usage_date, posted, reposted;  // MM/DD/YYYY, the latter two with HH:MM:SS
};

}  // namespace usagectl::meter
