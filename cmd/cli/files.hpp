// SPDX-License-Identifier: MIT
// Small files of the user's own: read whole, replaced atomically.
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::cli {

// At most 1 MiB. Errors: `config_missing` (3), `config_unreadable` (5).
[[nodiscard]] Result<std::string> read_small_file(const std::string& path);

// Replaces the file, or makes it with its directories, readable by its owner alone; durable and
// never half written: a reader sees the old text or the new. A symbolic link stays one. Error code
// `config_unwritable` (5).
[[nodiscard]] Result<void> replace_file(const std::string& path, std::string_view text);

}  // namespace usagectl::cli
