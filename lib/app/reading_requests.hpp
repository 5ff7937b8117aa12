// SPDX-License-Identifier: MIT
// Which meters a night has to ask for: those in service whose day is not covered by readings, as
// the file that is handed to whoever reads them (source: US 8,095,475, figure 9, step 202).
#pragma once

#include <functional>
#include <string_view>

#include "app/store.hpp"

namespace usagectl::app {

// CSV with a header row: meter, account, date (the meter's local day), from and to (the day in
// UTC), intervals (how many the day has) and missing (of these, without a value in any layer).
// Ascending by meter; days that are not over by `now` where the meter is are left out. Rows of
// text, each with its line feed. Gives how many meters are asked for. Not inside a transaction.
std::int64_t request_readings(
    Store& store, LocalDay day, Instant now, const std::function<void(std::string_view rows)>& sink
);

}  // namespace usagectl::app
