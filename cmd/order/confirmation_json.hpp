// SPDX-License-Identifier: MIT
// A confirmation of the field as a line of JSON.
#pragma once

#include <string_view>

#include "app/order_lines.hpp"

namespace usagectl {

// One object: order, state, at, message and meter_number are strings or null, exit_status and
// begin_reading_wh whole numbers or null; each at most once, and nothing else. Errors:
// `line_malformed` (6), and those of app::read_confirmation().
[[nodiscard]] Result<app::Confirmation> read_confirmation_json(std::string_view line);

}  // namespace usagectl
