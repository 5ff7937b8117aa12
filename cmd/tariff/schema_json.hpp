// SPDX-License-Identifier: MIT
// The published schema of a tariff file, made from the table the reader goes by.
#pragma once

#include "cli/context.hpp"

namespace usagectl {

// JSON Schema 2020-12. TOML dates stand as strings of format date.
[[nodiscard]] cli::Json tariff_schema();

}  // namespace usagectl
