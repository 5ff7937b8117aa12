// SPDX-License-Identifier: MIT
// A setting as answers show it.
#pragma once

#include <string>

#include "cli/context.hpp"

namespace usagectl {

// The declaration of a key; refuses with the nearest keys when there is none of that name.
[[nodiscard]] const cli::SettingSpec&
known_setting(const cli::Context& context, const std::string& key);

// The value as text, whatever its type. A datastore's password is masked.
[[nodiscard]] std::string
setting_text(const cli::Context& context, const cli::SettingSpec& spec, const std::string& value);

}  // namespace usagectl
