// SPDX-License-Identifier: MIT
// Parts of the conversion of a Utility Rate Database rate.
#pragma once

#include <string>

#include "tariff/urdb.hpp"

namespace usagectl::tariff {

// The period with this index, as the tariff calls it.
[[nodiscard]] inline std::string urdb_period(std::size_t period) {
    return "period-" + std::to_string(period);
}

// Appends the seasons and schedules that say which period each hour has. Months in a row with the
// same hours are a season, over the turn of the year too.
void write_schedules(const UrdbHours& weekday, const UrdbHours& weekend, std::string& toml);

}  // namespace usagectl::tariff
