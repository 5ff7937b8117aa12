// SPDX-License-Identifier: MIT
// What the utility has settled for prepay, read from the configuration.
#pragma once

#include "app/prepay.hpp"
#include "cli/settings.hpp"

namespace usagectl {

[[nodiscard]] app::Prepay prepay_of(const cli::Settings& settings);

}  // namespace usagectl
