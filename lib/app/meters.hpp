// SPDX-License-Identifier: MIT
// What is known of a meter beside its readings.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/actor.hpp"
#include "app/store.hpp"

namespace usagectl::app {

// What is stored of one meter, channel and layer.
struct Coverage {
    meter::Channel channel = meter::Channel::consumption;
    meter::Layer layer = meter::Layer::vee;
    meter::DayRange days;
};

struct MeterAnswer {
    meter::Meter meter;
    std::vector<Coverage> coverage;
};

// The refusal every question about a meter begins with.
[[nodiscard]] Error unknown_meter(const std::string& meter);

// Errors: `meter_unknown` (3).
[[nodiscard]] Result<MeterAnswer> show_meter(Store& store, const std::string& meter);

// The span of days stored for one meter, channel and layer, within the store's own span.
[[nodiscard]] std::optional<meter::DayRange> stored_days(Store& store, const meter::BlockKey& key);

// Each set member replaces the meter's value; an empty text clears it (not the time zone).
struct MeterChange {
    std::string meter;
    std::optional<std::string> timezone;
    std::optional<std::string> provider_of_record;
    std::optional<std::string> account;
    std::optional<std::int64_t> multiplier;
    std::optional<std::string> meter_number;
    bool dry_run = false;
    // Runs inside the transaction, after the change.
    std::function<void(const struct MeterChanged&)> changed = {};
};

struct MeterChanged {
    meter::Meter meter;
    bool created = false;
    std::uint64_t blocks_recut = 0;  // days filed anew because the zone changed
};

// Creates the meter when it is new (in `default_zone` unless the change names one). A change of the
// time zone files every stored interval under the new zone's days, in the same transaction; what
// was stored stays readable in the history. Errors: `timezone_unknown` (2),
// `zone_does_not_fit` (4: interval lengths and the offset between the zones).
[[nodiscard]] Result<MeterChanged> set_meter(
    Store& store,
    const MeterChange& change,
    const std::string& default_zone,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
