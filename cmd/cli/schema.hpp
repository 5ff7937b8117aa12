// SPDX-License-Identifier: MIT
// The JSON Schema (draft 2020-12) of a command's answer, made from its declared fields.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "cli/command.hpp"

namespace usagectl::cli {

// "usagectl.usage.show/1"
[[nodiscard]] std::string schema_name(const Spec& spec);
[[nodiscard]] nlohmann::ordered_json json_schema(const Spec& spec);

}  // namespace usagectl::cli
