// SPDX-License-Identifier: MIT
// Who runs the command and with which words, as the audit record keeps it.
#pragma once

#include "app/actor.hpp"
#include "cli/context.hpp"

namespace usagectl::cli {

// The arguments become a JSON array of strings; passwords in datastore URLs are replaced.
[[nodiscard]] app::Actor actor_of(const Context& context);

}  // namespace usagectl::cli
