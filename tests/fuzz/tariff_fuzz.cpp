// SPDX-License-Identifier: MIT
// Any bytes as a tariff file: a tariff or its mistakes, each with its place in the text. What is
// taken for a tariff has a period for every moment, charges any day, and its lines add up.
#include <algorithm>
#include <array>
#include <vector>

#include "line_reader_fuzz.hpp"
#include "tariff/rating.hpp"
#include "tariff/reader.hpp"

using namespace usagectl;

namespace {

const Zone& central() {
    static const Zone& zone = *Zone::find("America/Chicago").value();
    return zone;
}

// Of 24, 23 and 25 hours; a leap day; a holiday of the examples.
constexpr std::array days{
    "2026-07-06", "2026-03-08", "2026-11-01", "2028-02-29", "2026-12-25", "2026-01-31"};

std::vector<tariff::Reading> usage(LocalDay day) {
    std::vector<tariff::Reading> readings;
    const auto end = central().day_start(day + std::chrono::days(1));
    std::int64_t wh = 1;
    for (auto at = central().day_start(day); at < end; at += std::chrono::minutes(15)) {
        wh = wh * 7 % 100'003;
        readings.push_back({at, wh, wh % 11 == 0});
    }
    return readings;
}

void check_mistakes(std::string_view text, const std::vector<tariff::Mistake>& mistakes) {
    const auto lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& mistake : mistakes) {
        fuzz::require(!mistake.message.empty());
        fuzz::require(mistake.place.line >= 1 && mistake.place.column >= 1);
        fuzz::require(static_cast<std::size_t>(mistake.place.line) <= lines + 1);
    }
}

void check_charge(const tariff::DayCharge& charge) {
    Money sum;
    for (const auto& line : charge.lines)
        sum = sum + line.amount;
    fuzz::require(sum == charge.total);
}

// A line's shares of the intervals come to what it charges.
void check_shares(
    const tariff::PlanDay& day, const tariff::DayFacts& facts, const tariff::DayCharge& charge
) {
    for (const auto& line : charge.lines) {
        if (day.plan->components()[line.component].basis != tariff::Basis::per_kwh)
            continue;
        std::int64_t wh = 0;
        for (const auto& share : tariff::explain(day, facts, line))
            wh += share.wh;
        fuzz::require(wh == line.wh);
    }
}

void check_day(const tariff::Plan& plan, LocalDay date) {
    const auto day = tariff::plan_day(plan, date, central());
    for (std::size_t step = 0; step < day.steps; ++step)
        fuzz::require(day.period[step] < plan.tariff().periods.size());
    std::vector<tariff::FeeEvent> fees;
    for (std::size_t at = 0; at < plan.components().size(); ++at) {
        if (plan.components()[at].kind == tariff::Kind::fee)
            fees.push_back({at, 2});
    }
    const auto readings = usage(date);
    const tariff::DayFacts facts{
        .consumption = readings,
        .generation = readings,
        .cycle_wh = 490'000,
        .options = ~tariff::Bits{0},
        .fees = fees};
    tariff::DayCharge charge;
    if (tariff::rate_day(day, facts, charge)) {
        check_charge(charge);
        check_shares(day, facts, charge);
    }
    if (tariff::rate_fees(plan, date, fees, 0, charge))
        check_charge(charge);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    auto read = tariff::read_tariff(text);
    fuzz::require(read.tariff.has_value() == read.mistakes.empty());
    check_mistakes(text, read.mistakes);
    if (!read.tariff)
        return 0;
    const tariff::Plan plan(std::move(*read.tariff));
    for (const auto* day : days)
        check_day(plan, parse_day(day).value());
    return 0;
}
