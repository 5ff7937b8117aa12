// SPDX-License-Identifier: MIT
#include "app/gap_cost.hpp"

#include <algorithm>

#include "app/accounts.hpp"
#include "app/tariff_quote.hpp"
#include "tariff/rating.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;
using Readings = std::span<const tariff::Reading>;

// The best values from a day of the billing cycle to the day of the gap's end.
std::vector<tariff::Reading> read_cycle(Store& store, const GapAnswer& gap, LocalDay from) {
    UsageQuestion question;
    question.meter = gap.meter.id;
    question.channel = meter::Channel::consumption;
    question.from = from;
    question.to = gap.zone->day_of(gap.gap.to);
    const auto usage = show_usage(store, question);
    return usage ? readings_of(usage->intervals) : std::vector<tariff::Reading>();
}

std::int64_t sum_wh(Readings readings) {
    std::int64_t sum = 0;
    for (const auto& reading : readings)
        sum += reading.missing ? 0 : reading.wh;
    return sum;
}

Result<Money> charge_of(
    const ReadyRates& rates, const tariff::PlanDay& day, Readings readings, std::int64_t cycle_wh
) {
    tariff::DayCharge charge;
    const tariff::DayFacts facts{
        .consumption = readings,
        .cycle_wh = cycle_wh,
        .options = rates.options,
        .exempt = rates.exempt,
    };
    if (auto rated = tariff::rate_day(day, facts, charge); !rated)
        return tl::unexpected(rated.error());
    return charge.total;
}

}  // namespace

std::optional<Money> gap_cost(Store& store, const GapAnswer& gap) {
    const auto meter = store.meters().number(gap.meter.id);
    const auto account = meter ? store.accounts().of_meter(*meter) : std::nullopt;
    if (!account)
        return std::nullopt;
    const auto standing = store.accounts().standing(*account);
    const auto profile = store.accounts().profile(standing.profile);
    if (!profile)
        return std::nullopt;
    if (gap.gap.from == gap.gap.to)
        return Money();
    const auto& zone = *gap.zone;
    const auto first = zone.day_of(gap.gap.from);
    const auto start = cycle_start(first, standing.cycle_day);
    const auto readings = read_cycle(store, gap, start);
    Money sum;
    for (auto day = first; zone.day_start(day) < gap.gap.to; day += days(1)) {
        const auto rates = ready_rates(store, *profile, day);
        if (!rates)
            return std::nullopt;
        const auto planned = tariff::plan_day((*rates)->plan, day, zone);
        const auto cycle = zone.day_start(cycle_start(day, standing.cycle_day));
        const auto used = sum_wh(between(readings, cycle, planned.start));
        const auto end = std::min(zone.day_start(day + days(1)), gap.gap.to);
        const auto settled = std::clamp(gap.gap.from, planned.start, end);
        const auto with = charge_of(**rates, planned, between(readings, planned.start, end), used);
        const auto without =
            charge_of(**rates, planned, between(readings, planned.start, settled), used);
        if (!with || !without)
            return std::nullopt;
        sum = sum + (*with - *without);
    }
    return sum;
}

}  // namespace usagectl::app
