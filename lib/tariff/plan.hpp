// SPDX-License-Identifier: MIT
// A tariff made ready to charge by: which season, type of day and period a moment has is looked up,
// not worked out. A Plan is made once for a version, a PlanDay once for a local day and zone, and
// all accounts on them share both; neither changes afterwards.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/zone.hpp"
#include "meter/day_block.hpp"
#include "tariff/types.hpp"

namespace usagectl::tariff {

class Plan {
public:
    explicit Plan(Tariff tariff);

    [[nodiscard]] const Tariff& tariff() const { return tariff_; }
    [[nodiscard]] const std::vector<Component>& components() const { return tariff_.components; }
    [[nodiscard]] std::size_t season_of(LocalDay day) const;
    [[nodiscard]] std::size_t type_of(LocalDay day) const;  // 0 Monday to 6 Sunday, 7 holiday
    // The period of each five minutes of the local clock.
    [[nodiscard]] const std::array<std::uint8_t, slots_a_day>&
    periods(std::size_t season, std::size_t type) const;
    [[nodiscard]] bool has_tiers() const { return has_tiers_; }

    // Bits of components: an option or a fee by its name (none: there is no such one), and the
    // taxes that an exemption lifts.
    [[nodiscard]] std::optional<std::size_t> find(Kind kind, std::string_view name) const;
    // The fee for an event: for a notification the one by this method, else the one by any.
    [[nodiscard]] std::optional<std::size_t>
    fee_for(std::string_view event, std::string_view method = {}) const;
    [[nodiscard]] Bits lifted_by(std::string_view exemption) const;

private:
    Tariff tariff_;
    std::array<std::uint8_t, 366> season_{};                     // by day of a leap year
    std::vector<std::array<std::uint8_t, day_types>> schedule_;  // by season
    bool has_tiers_ = false;
};

// A local day in steps of five minutes from its beginning: 276, 288 or 300 of them in most zones.
struct PlanDay {
    const Plan* plan = nullptr;
    LocalDay day{};
    Instant start{};
    std::size_t steps = 0;
    std::size_t season = 0;
    std::size_t type = 0;
    std::array<std::uint8_t, meter::max_slots> period{};

    [[nodiscard]] std::size_t step_of(Instant at) const {
        return static_cast<std::size_t>((at - start) / std::chrono::minutes(5));
    }
};
[[nodiscard]] PlanDay plan_day(const Plan& plan, LocalDay day, const Zone& zone);

}  // namespace usagectl::tariff
