// SPDX-License-Identifier: MIT
// The published schema of a rule pack.
#pragma once

#include "cli/context.hpp"

namespace usagectl {

// JSON Schema 2020-12: the layout, and for each kind of rule the figures it needs and the ones that
// would say nothing in it.
[[nodiscard]] cli::Json rules_schema();

}  // namespace usagectl
