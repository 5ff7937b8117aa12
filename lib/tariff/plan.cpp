// SPDX-License-Identifier: MIT
#include "tariff/plan.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace usagectl::tariff {

Plan::Plan(Tariff tariff)
    : tariff_(std::move(tariff)) {
    const auto first = LocalDay(std::chrono::local_days(std::chrono::year(2024) / 1 / 1));
    for (std::size_t at = 0; at < season_.size(); ++at) {
        const auto date = month_day(first + std::chrono::days(static_cast<int>(at)));
        for (std::size_t season = 0; season < tariff_.seasons.size(); ++season) {
            if (contains(tariff_.seasons[season], date))
                season_[at] = static_cast<std::uint8_t>(season);
        }
    }
    schedule_.resize(tariff_.seasons.size());
    for (std::size_t season = 0; season < schedule_.size(); ++season) {
        for (std::size_t at = 0; at < tariff_.schedules.size(); ++at) {
            const auto& schedule = tariff_.schedules[at];
            if ((schedule.seasons >> season & 1U) == 0)
                continue;
            for (std::size_t type = 0; type < day_types; ++type) {
                if (schedule.days[type])
                    schedule_[season][type] = static_cast<std::uint8_t>(at);
            }
        }
    }
    has_tiers_ = std::any_of(
        tariff_.components.begin(),
        tariff_.components.end(),
        [](const Component& component) { return component.tiers.size() > 1; }
    );
}

std::size_t Plan::season_of(LocalDay day) const {
    return season_[day_of_leap_year(month_day(day))];
}

std::size_t Plan::type_of(LocalDay day) const {
    return is_holiday(tariff_.holidays, day) ? holiday_type : weekday_type(day);
}

const std::array<std::uint8_t, slots_a_day>&
Plan::periods(std::size_t season, std::size_t type) const {
    return tariff_.schedules[schedule_[season][type]].period;
}

std::optional<std::size_t> Plan::find(Kind kind, std::string_view name) const {
    const auto& all = components();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Component& component) {
        return component.kind == kind && component.name == name;
    });
    if (found == all.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - all.begin());
}

std::optional<std::size_t> Plan::fee_for(std::string_view event, std::string_view method) const {
    std::optional<std::size_t> found;
    for (std::size_t at = 0; at < components().size(); ++at) {
        const auto& component = components()[at];
        if (component.kind != Kind::fee || component.event != event)
            continue;
        if (component.method == method)
            return at;
        if (component.method.empty())
            found = at;
    }
    return found;
}

Bits Plan::lifted_by(std::string_view exemption) const {
    Bits lifted = 0;
    for (std::size_t at = 0; at < components().size(); ++at) {
        const auto& known = components()[at].exemptions;
        if (std::find(known.begin(), known.end(), exemption) != known.end())
            lifted |= Bits{1} << at;
    }
    return lifted;
}

PlanDay plan_day(const Plan& plan, LocalDay day, const Zone& zone) {
    PlanDay made;
    made.plan = &plan;
    made.day = day;
    made.start = zone.day_start(day);
    made.season = plan.season_of(day);
    made.type = plan.type_of(day);
    const auto end = zone.day_start(day + std::chrono::days(1));
    made.steps = static_cast<std::size_t>((end - made.start) / std::chrono::minutes(5));
    USAGECTL_ASSERT(made.steps <= made.period.size());
    const auto& periods = plan.periods(made.season, made.type);
    for (std::size_t step = 0; step < made.steps; ++step) {
        // The wall clock decides: the hour that comes twice in autumn has its period twice.
        const auto local =
            zone.local(made.start + std::chrono::minutes(5 * static_cast<int>(step)));
        const auto time = local - std::chrono::floor<std::chrono::days>(local);
        made.period[step] = periods[static_cast<std::size_t>(time / std::chrono::minutes(5))];
    }
    return made;
}

}  // namespace usagectl::tariff
