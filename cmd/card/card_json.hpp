// SPDX-License-Identifier: MIT
// Batches and cards as answers show them. Never a PIN, nor its mark.
#pragma once

#include <string>
#include <vector>

#include "app/card_store.hpp"
#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] cli::Json
batch_json(const card::Batch& batch, const std::string& agent, std::string_view currency);
// Of the items of a list, or of the answer itself.
[[nodiscard]] std::vector<cli::Field> batch_fields(bool items);

[[nodiscard]] cli::Json event_json(const app::CardEvent& event);

[[nodiscard]] std::vector<cli::Field> event_fields();

}  // namespace usagectl
