// SPDX-License-Identifier: MIT
#include "tariff/rating.hpp"

#include <algorithm>
#include <array>

#include "base/assert.hpp"

namespace usagectl::tariff {

namespace {

// Hands the energy of each reading in the component's hours to the tiers it falls in.
template <class Take>
void each_share(
    const PlanDay& day,
    const Component& component,
    std::span<const Reading> readings,
    std::int64_t used,
    const Take& take
) {
    std::size_t tier = 0;
    const auto& tiers = component.tiers;
    for (std::size_t at = 0; at < readings.size(); ++at) {
        if (readings[at].missing)
            continue;
        const bool counted =
            (component.periods >> day.period[day.step_of(readings[at].start)] & 1U) != 0;
        auto left = readings[at].wh;
        while (left != 0) {
            while (tier > 0 && used < tiers[tier - 1].below_wh)
                --tier;
            while (used >= tiers[tier].below_wh)
                ++tier;
            const auto part = std::min(left, tiers[tier].below_wh - used);
            if (counted)
                take(tier, at, part);
            used += part;
            left -= part;
        }
    }
}

// What one direction of energy comes to, by period.
struct Sums {
    std::array<std::int64_t, most_periods> wh{};
    std::array<std::int32_t, most_periods> missing{};
    std::int64_t all_wh = 0;

    Sums(const PlanDay& day, std::span<const Reading> readings) {
        for (const auto& reading : readings) {
            const auto step = day.step_of(reading.start);
            USAGECTL_ASSERT(reading.start >= day.start && step < day.steps);
            const auto period = day.period[step];
            if (reading.missing) {
                ++missing[period];
            } else {
                wh[period] += reading.wh;
                all_wh += reading.wh;
            }
        }
    }
    template <class Values>
    [[nodiscard]] auto over(const Values& values, Bits periods, std::size_t count) const {
        typename Values::value_type sum = 0;
        for (std::size_t period = 0; period < count; ++period)
            sum += (periods >> period & 1U) != 0 ? values[period] : 0;
        return sum;
    }
};

// What of a tariff is charged: everything, or the fees and what is a share of them.
enum class Scope : std::uint8_t { day, fees };

class Rater {
public:
    Rater(Scope scope, const PlanDay& day, const DayFacts& facts, DayCharge& charge)
        : scope_(scope)
        , day_(day)
        , facts_(facts)
        , charge_(charge)
        , tariff_(day.plan->tariff())
        , consumption_(day, facts.consumption)
        , generation_(day, facts.generation) {}

    Result<void> run() {
        charge_.lines.clear();
        charge_.total = Money();
        charge_.consumption_wh = consumption_.all_wh;
        // A minimum counts the charges before it, a tax the minimum too.
        for (const auto phase : {Phase::charges, Phase::minimum, Phase::taxes}) {
            for (std::size_t at = 0; at < tariff_.components.size(); ++at) {
                const auto& component = tariff_.components[at];
                if (phase_of(component.kind) == phase && in_scope(component) &&
                    in_season(component))
                    rate(at, component);
            }
        }
        if (out_of_range_) {
            return refuse(
                Exit::refused,
                "charge_out_of_range",
                "a charge of " + tariff_.name + " on " + format_day(day_.day) +
                    " is beyond all measure",
                scope_ == Scope::day ? "usagectl usage quality finds readings that cannot be right"
                                     : "look at how often each fee is charged"
            );
        }
        return {};
    }

private:
    enum class Phase : std::uint8_t { charges, minimum, taxes };
    static Phase phase_of(Kind kind) {
        if (kind == Kind::minimum)
            return Phase::minimum;
        return kind == Kind::tax ? Phase::taxes : Phase::charges;
    }
    [[nodiscard]] bool in_scope(const Component& component) const {
        const bool share = component.kind == Kind::tax && component.basis == Basis::percent;
        return scope_ == Scope::day || component.kind == Kind::fee || share;
    }
    [[nodiscard]] bool in_season(const Component& component) const {
        return (component.seasons >> day_.season & 1U) != 0;
    }
    static bool has(Bits bits, std::size_t at) { return (bits >> at & 1U) != 0; }

    void rate(std::size_t at, const Component& component) {
        if (component.kind == Kind::option && !has(facts_.options, at))
            return;
        if (component.kind == Kind::tax && has(facts_.exempt, at))
            return;
        if (component.kind == Kind::minimum)
            return add_minimum(at, component);
        if (component.kind == Kind::fee)
            return add_fees(at, component);
        switch (component.basis) {
        case Basis::per_kwh:
            return component.tiers.size() > 1 ? add_tiers(at, component)
                                              : add_energy(at, component);
        case Basis::percent:
            return add_percent(at, component);
        case Basis::per_day:
        case Basis::each:
            return add_count(at, component, 1);
        }
    }

    void put(Line line, std::optional<Money> amount) {
        if (!amount) {
            out_of_range_ = true;
            return;
        }
        line.amount = *amount;
        charge_.total = charge_.total + line.amount;
        charge_.lines.push_back(line);
    }

    static Line line_of(std::size_t at, Rate rate) {
        Line line;
        line.component = static_cast<std::uint8_t>(at);
        line.rate = rate;
        return line;
    }

    void add_energy(std::size_t at, const Component& component) {
        const bool credit = component.kind == Kind::generation;
        const auto& sums = credit ? generation_ : consumption_;
        const auto periods = tariff_.periods.size();
        const auto rate =
            component.kind == Kind::pca ? facts_.pca.value_or(component.rate()) : component.rate();
        auto line = line_of(at, rate);
        line.wh = sums.over(sums.wh, component.periods, periods);
        line.missing = sums.over(sums.missing, component.periods, periods);
        if (line.wh == 0 && line.missing == 0)
            return;
        const auto amount = price_energy(rate, line.wh, tariff_.rounding);
        put(line, credit && amount ? std::optional(-*amount) : amount);
    }

    void add_tiers(std::size_t at, const Component& component) {
        std::array<std::int64_t, most_tiers> wh{};
        each_share(
            day_,
            component,
            facts_.consumption,
            facts_.cycle_wh,
            [&](std::size_t tier, std::size_t, std::int64_t part) { wh[tier] += part; }
        );
        const auto missing =
            consumption_.over(consumption_.missing, component.periods, tariff_.periods.size());
        bool any = false;
        for (std::size_t tier = 0; tier < component.tiers.size(); ++tier) {
            if (wh[tier] == 0)
                continue;
            any = true;
            put_tier(at, component, tier, wh[tier], missing);
        }
        if (!any && missing > 0)
            put_tier(at, component, 0, 0, missing);
    }

    void put_tier(
        std::size_t at,
        const Component& component,
        std::size_t tier,
        std::int64_t wh,
        std::int32_t missing
    ) {
        auto line = line_of(at, component.tiers[tier].rate);
        line.tier = static_cast<std::uint8_t>(tier);
        line.wh = wh;
        line.missing = missing;
        put(line, price_energy(line.rate, wh, tariff_.rounding));
    }

    void add_count(std::size_t at, const Component& component, std::int64_t count) {
        auto line = line_of(at, component.rate());
        line.quantity = count;
        put(line, price_count(line.rate, count, tariff_.rounding));
    }

    void add_fees(std::size_t at, const Component& component) {
        for (const auto& event : facts_.fees) {
            if (event.component == at)
                add_count(at, component, event.count);
        }
    }

    // What the lines of some components come to; they are incomplete where a value is missing.
    void count(Bits on, Line& line) const {
        for (const auto& other : charge_.lines) {
            if (!has(on, other.component))
                continue;
            line.base = line.base + other.amount;
            line.missing = std::max(line.missing, other.missing);
        }
    }

    void add_minimum(std::size_t at, const Component& component) {
        auto line = line_of(at, component.rate());
        count(component.on, line);
        line.quantity = 1;
        const auto least = price_count(line.rate, 1, tariff_.rounding);
        if (!least)
            put(line, least);
        else if (line.base < *least)
            put(line, *least - line.base);
    }

    void add_percent(std::size_t at, const Component& component) {
        auto line = line_of(at, component.rate());
        count(component.on, line);
        if (line.base > Money())  // a credit is not taxed back
            put(line, price_percent(line.rate, line.base, tariff_.rounding));
    }

    Scope scope_;
    const PlanDay& day_;
    const DayFacts& facts_;
    DayCharge& charge_;
    const Tariff& tariff_;
    Sums consumption_;
    Sums generation_;
    bool out_of_range_ = false;
};

}  // namespace

Result<void> rate_day(const PlanDay& day, const DayFacts& facts, DayCharge& charge) {
    return Rater(Scope::day, day, facts, charge).run();
}

Result<void> rate_fees(
    const Plan& plan, LocalDay day, std::span<const FeeEvent> fees, Bits exempt, DayCharge& charge
) {
    // Neither energy nor its periods are looked at, so a zone is not needed.
    PlanDay planned;
    planned.plan = &plan;
    planned.day = day;
    planned.season = plan.season_of(day);
    const DayFacts facts{.exempt = exempt, .fees = fees};
    return Rater(Scope::fees, planned, facts, charge).run();
}

std::vector<Share> explain(const PlanDay& day, const DayFacts& facts, const Line& line) {
    std::vector<Share> shares;
    const auto& component = day.plan->components()[line.component];
    if (component.basis != Basis::per_kwh)
        return shares;
    const auto readings = component.kind == Kind::generation ? facts.generation : facts.consumption;
    each_share(
        day,
        component,
        readings,
        facts.cycle_wh,
        [&](std::size_t tier, std::size_t reading, std::int64_t wh) {
            if (tier == line.tier)
                shares.push_back({reading, wh});
        }
    );
    return shares;
}

}  // namespace usagectl::tariff
