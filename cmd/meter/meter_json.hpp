// SPDX-License-Identifier: MIT
// A meter as answers show it.
#pragma once

#include "cli/json_values.hpp"

namespace usagectl {

[[nodiscard]] inline cli::Json meter_json(const meter::Meter& meter) {
    cli::Json json;
    json["meter"] = meter.id;
    json["timezone"] = meter.timezone;
    json["provider_of_record"] = cli::text_json(meter.provider_of_record);
    json["account"] = cli::text_json(meter.account);
    json["multiplier"] = meter.multiplier;
    json["meter_number"] = cli::text_json(meter.meter_number);
    json["known_since"] = format_instant(meter.known_since);
    return json;
}

}  // namespace usagectl
