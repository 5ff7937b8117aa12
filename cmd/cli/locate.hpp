// SPDX-License-Identifier: MIT
// Which command a line asks for: a registered one, an alias of it, or a program `usagectl-NAME` on
// the path. Global options are understood before, between and after its words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/globals.hpp"
#include "cli/host.hpp"
#include "cli/settings.hpp"

namespace usagectl::cli {

struct Located {
    const Registered* command = nullptr;
    std::string noun;                    // a noun alone: its help is wanted
    std::optional<std::string> program;  // path of usagectl-NAME
    std::vector<std::string> arguments;  // what follows the command's words
    GlobalOptions options;               // those before and between them
    std::vector<Given> early;            // the same, for a command that has a word of that name
};

// Error codes `missing_command`, `unknown_command`, `unknown_option`, `alias_loop`,
// `malformed_alias`: all exit 2. The configuration is read only when no command has that name.
[[nodiscard]] Result<Located> locate(const std::vector<std::string>& arguments, const Host& host);

[[nodiscard]] Error unknown_option(const std::string& option, std::span<const Word* const> words);

}  // namespace usagectl::cli
