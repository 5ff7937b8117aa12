// SPDX-License-Identifier: MIT
// What the utility has settled for prepay, read from the configuration.
#pragma once

#include <optional>
#include <string>

#include "app/prepay.hpp"
#include "app/rules.hpp"
#include "cli/context.hpp"
#include "cli/settings.hpp"

namespace usagectl {

[[nodiscard]] app::Prepay prepay_of(const cli::Settings& settings);

// The rule packs, read only where the account or the configuration names one.
[[nodiscard]] std::optional<app::RulePacks>
packs_for(const cli::Context& context, const app::Prepay& prepay, const std::string& rule_pack);

}  // namespace usagectl
