// SPDX-License-Identifier: MIT
// A meter as answers show it.
#pragma once

#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] inline cli::Json meter_json(const meter::Meter& meter) {
    const auto text = [](const std::optional<std::string>& value) {
        return value ? cli::Json(*value) : cli::Json(nullptr);
    };
    cli::Json json;
    json["meter"] = meter.id;
    json["timezone"] = meter.timezone;
    json["provider_of_record"] = text(meter.provider_of_record);
    json["account"] = text(meter.account);
    json["multiplier"] = meter.multiplier;
    json["known_since"] = format_instant(meter.known_since);
    return json;
}

}  // namespace usagectl
