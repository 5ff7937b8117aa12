// SPDX-License-Identifier: MIT
// Which days are holidays of a pack, and days of the week.
#pragma once

#include <string>
#include <vector>

#include "rules/types.hpp"

namespace usagectl::rules {

[[nodiscard]] std::size_t weekday_of(LocalDay day);                // 0 Monday to 6 Sunday
[[nodiscard]] std::string_view weekday_name(std::size_t weekday);  // "mon", ...

// The holiday that falls on the day, or is observed on it; null when none does.
[[nodiscard]] const Holiday* holiday_on(const std::vector<Holiday>& holidays, LocalDay day);

// Whether the figures forbid this day.
[[nodiscard]] bool
forbids(const NoSuspensionOn& rule, const std::vector<Holiday>& holidays, LocalDay day);

}  // namespace usagectl::rules
