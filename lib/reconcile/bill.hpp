// SPDX-License-Identifier: MIT
// The legacy system's bill of one account and billing cycle (source: US 8,095,475, figure 8, step
// 184: kWh used, beginning and ending reading, additional charges, taxes, days in the cycle).
#pragma once

#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "reconcile/figures.hpp"

namespace usagectl::reconcile {

struct Bill {
    std::string account;
    LocalDay first{};  // of the cycle
    LocalDay last{};   // inclusive
    std::int64_t days = 0;
    std::int64_t wh = 0;
    // Of the meter's register, before its multiplier.
    std::optional<std::int64_t> begin_wh = {};
    std::optional<std::int64_t> end_wh = {};
    Figures amounts;
    std::optional<Money> total = {};  // as the bill has it
};

inline constexpr std::int64_t most_days = 366;
inline constexpr std::int64_t most_wh = 10'000'000'000;  // 10 GWh: more is a mistake

// What is wrong with a bill by itself, when bills of the cycle that ends with `cycle_end` were
// asked for. Readings may be whole kWh, so that they may differ from the usage by less than one kWh
// times the multiplier; a register that went past its last digit begins again at 0. Errors (exit
// 6): `cycle_end_differs`, `cycle_malformed` (its first day is behind its last, or it is longer
// than 366 days), `days_differ`, `kwh_out_of_range`, `readings_differ`, `total_differs`.
[[nodiscard]] Result<void>
check_bill(const Bill& bill, LocalDay cycle_end, std::int64_t multiplier);

// "1234.567" of 1234567 Wh, at least one digit before the point and none behind it in vain.
[[nodiscard]] std::string kwh_text(std::int64_t wh);

}  // namespace usagectl::reconcile
