// SPDX-License-Identifier: MIT
// Whose readings are an account's, day by day: those of its meter, and, before that was put in,
// those of the meter it took the place of. On the day of an exchange both count: each of them has
// registered what went through it, and nothing else did.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/store.hpp"

namespace usagectl::app {

class MeterLine {
public:
    // One meter, at all times. Its id, where it is known, spares looking it up.
    explicit MeterLine(std::int64_t meter, std::string id = {})
        : links_{{local_day(0), meter, std::move(id)}} {}
    // Seen from a day: a meter that comes later is no part of it, nor is one that the account was
    // given without an exchange (`account set --meter`). None when no meter serves on the day.
    [[nodiscard]] static std::optional<MeterLine>
    of(const std::vector<ServicePeriod>& periods, LocalDay day);

    auto operator<=>(const MeterLine&) const = default;

    [[nodiscard]] std::int64_t newest() const { return links_.back().meter; }
    // Those that served on a day up to the one it is seen from: one, or both of an exchange, the
    // older first.
    [[nodiscard]] std::vector<std::int64_t> on(LocalDay day) const;

    // A channel and layer over some days, ascending by day, one block a day. Meters of an exchange
    // that have other intervals than each other cannot be added: the one that was put in counts.
    // `known_at`: as it was known then; none: as it is stored now.
    struct Wanted {
        meter::Channel channel = meter::Channel::consumption;
        meter::Layer layer = meter::Layer::vee;
        meter::DayRange days;
        std::optional<Instant> known_at = {};
    };
    [[nodiscard]] std::vector<meter::StoredBlock> read(Store& store, const Wanted& wanted) const;

private:
    struct Link {
        LocalDay from{};  // the meter before it served on this day, too
        std::int64_t meter = 0;
        std::string id;
        auto operator<=>(const Link&) const = default;
    };

    std::vector<Link> links_;  // ascending
};

}  // namespace usagectl::app
