// SPDX-License-Identifier: MIT
// The state of a datastore as the db commands answer it.
#pragma once

#include <vector>

#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] std::vector<cli::Field> status_fields();
[[nodiscard]] cli::Json status_json(const app::StoreStatus& status);
[[nodiscard]] cli::Context::View status_view(const app::StoreStatus& status);

}  // namespace usagectl
