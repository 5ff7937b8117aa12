// SPDX-License-Identifier: MIT
// How intervals of usage look in an answer, the same in every usage command.
#pragma once

#include <optional>
#include <string_view>

#include "cli/context.hpp"
#include "cli/json_values.hpp"
#include "meter/series.hpp"

namespace usagectl {

// "actual", "estimated", "raw" or "missing": a value of the raw layer is raw whatever its flag.
[[nodiscard]] std::string_view
quality_text(meter::Quality quality, const std::optional<meter::Layer>& layer);

// {start, end, wh, quality, layer}; wh and layer are null when the interval is missing.
[[nodiscard]] cli::Json interval_json(
    Instant start,
    Instant end,
    std::int64_t wh,
    meter::Quality quality,
    const std::optional<meter::Layer>& layer
);

// Local wall-clock time of an instant, for tables: "2026-11-01 01:15-06:00".
[[nodiscard]] std::string local_text(Instant at, const Zone& zone);

}  // namespace usagectl
