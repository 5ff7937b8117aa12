// SPDX-License-Identifier: MIT
// How long a balance will last, by what the days before have cost (source: SMT Support for Customer
// Balance Inquiry, step 6, "real-time billing analysis and usage patterns"; US 8,095,475, figure 6,
// step 140, warns before the money is gone).
//
// A day to come is expected to cost what its day of the week has cost on average, plus what the
// last two weeks have drifted away from that: the line through the median slope between every two
// of their days (Theil and Sen), which a few odd days do not bend. No weather goes into it. The
// drift goes on for a week and is never more than a quarter of a middling day. The spread is that
// of the days before around their averages: the dearest tenth gives the fewest days, the cheapest
// tenth the most. Whole numbers and exact fractions alone, so the same days give the same answer
// everywhere, in any currency and at any scale.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "base/instant.hpp"
#include "base/money.hpp"

namespace usagectl::account {

// What a local day that is charged has cost; negative where more was fed in than used.
struct DayCost {
    LocalDay day{};
    Money cost;
};

inline constexpr std::size_t fewest_forecast_days = 3;
inline constexpr std::chrono::days forecast_history{28};
// No forecast looks further ahead; it stands for "this long, or longer".
inline constexpr std::int64_t most_days_left = 365;

// Where the forecast begins: within a local day, with so many seconds of it left.
struct ForecastStart {
    LocalDay day{};
    std::int64_t seconds_left = 1;
    std::int64_t seconds = 1;  // of the whole day: 82 800, 86 400 or 90 000 in most zones
};

struct Forecast {
    Money per_day;  // on average over the next seven whole days, to the cent
    // Ends of local days, from the first one on, at which money is still left.
    std::int64_t days_left = 0;
    std::int64_t days_left_low = 0;   // if every day were as dear as the dearest tenth
    std::int64_t days_left_high = 0;  // if every day were as cheap as the cheapest tenth
    // The day in which the money ends; none at most_days_left.
    std::optional<LocalDay> depletes_on;
};

// `charged` ascends by day; those within 28 days of the last count. `available` is the balance less
// the balance at which service ends. None when fewer than three days count, or when an amount is
// beyond 10^9 currency units.
[[nodiscard]] std::optional<Forecast>
forecast(std::span<const DayCost> charged, Money available, const ForecastStart& start);

// The days left from the end of the last charged day on, as the ladder of notices needs them.
[[nodiscard]] std::optional<std::int64_t>
days_left(std::span<const DayCost> charged, Money balance, Money disconnection);

}  // namespace usagectl::account
