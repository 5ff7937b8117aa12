// SPDX-License-Identifier: MIT
// The published schema of a TOML file, made from the table its reader goes by.
#pragma once

#include <string_view>

#include "cli/context.hpp"
#include "layout/format.hpp"

namespace usagectl {

// JSON Schema 2020-12 of the whole file. TOML dates stand as strings of format date.
[[nodiscard]] cli::Json schema_of(const layout::Format& format, std::string_view title);

}  // namespace usagectl
