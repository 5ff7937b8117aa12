// SPDX-License-Identifier: MIT
// What a local day of service costs, line by line.
//
// A line is one component, or one tier of it, and is rounded once, to the cent, by the tariff's
// rule; the total is the exact sum of the lines. Energy is charged in the period in which its
// interval begins. Tiers go by the usage of the billing cycle, interval after interval, and an
// interval that crosses a limit is split there to the Wh. An interval without a value is charged in
// no line; the lines of its hours say how many there are. Taxes are worked out on the rounded lines
// they name, each tax by itself; a minimum is a line for the difference.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tariff/plan.hpp"

namespace usagectl::tariff {

// One interval; it begins within the day. `wh` counts only when it is not missing.
struct Reading {
    Instant start{};
    std::int64_t wh = 0;
    bool missing = false;
};

struct FeeEvent {
    std::size_t component = 0;
    std::int64_t count = 1;
};

// Everything about one account's day. Readings ascend by time.
struct DayFacts {
    std::span<const Reading> consumption = {};
    std::span<const Reading> generation = {};
    std::int64_t cycle_wh = 0;            // used in the billing cycle before this day
    Bits options = 0;                     // option components held
    Bits exempt = 0;                      // tax components lifted; Plan::lifted_by
    std::optional<Rate> pca = {};         // the actual figure; none: the tariff's estimate
    std::span<const FeeEvent> fees = {};  // events of the day
};

struct Line {
    std::uint8_t component = 0;
    std::uint8_t tier = 0;
    std::int64_t wh = 0;        // per_kwh
    std::int64_t quantity = 0;  // per_day, each
    Rate rate;
    Money base;    // percent: of this; minimum: what was counted
    Money amount;  // negative for a credit
    // per_kwh: intervals of its hours without a value; percent, minimum: of the lines they count.
    std::int32_t missing = 0;
};

struct DayCharge {
    std::vector<Line> lines;
    Money total;
    std::int64_t consumption_wh = 0;
};

// Fills `charge`, whose memory is used again. Error `charge_out_of_range` (4): a line is beyond
// 10^9 currency units.
[[nodiscard]] Result<void> rate_day(const PlanDay& day, const DayFacts& facts, DayCharge& charge);

// Fees outside a day's charge: one line for each event, then the percentages of the taxes on them,
// rounded as rate_day does. Nothing that comes by the kWh or by the day is charged, no minimum, and
// what else a tax is on counts as nothing. `exempt` are the tax components lifted. Fills `charge`,
// whose consumption is 0. Error `charge_out_of_range` (4): a line is beyond 10^9 currency units.
[[nodiscard]] Result<void> rate_fees(
    const Plan& plan, LocalDay day, std::span<const FeeEvent> fees, Bits exempt, DayCharge& charge
);

// The energy of a line, interval by interval: the shares add up to its wh.
struct Share {
    std::size_t reading = 0;  // in the facts' generation for a credit, else in their consumption
    std::int64_t wh = 0;
};
[[nodiscard]] std::vector<Share>
explain(const PlanDay& day, const DayFacts& facts, const Line& line);

}  // namespace usagectl::tariff
