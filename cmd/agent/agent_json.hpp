// SPDX-License-Identifier: MIT
// An agent as answers show him.
#pragma once

#include <vector>

#include "card/agent.hpp"
#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] cli::Json agent_json(const card::Agent& agent);
// Of the items of a list, or of the answer itself.
[[nodiscard]] std::vector<cli::Field> agent_fields(bool items);

}  // namespace usagectl
