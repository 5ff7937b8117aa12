// SPDX-License-Identifier: MIT
// Programs named usagectl-NAME extend the command line; they are told the settings that hold.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/globals.hpp"
#include "cli/settings.hpp"

namespace usagectl::cli {

// Looks through PATH; empty and relative entries of it are passed over, and so are names that are
// not plain words.
[[nodiscard]] std::optional<std::string>
find_program(const std::string& name, const Environment& environment);

// Every setting under the name of its variable, so that a usagectl called by the program resolves
// the same. A password inside a datastore's URL is left out: a program that has to have it gets it
// the way usagectl did.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
program_variables(const Settings& settings, const GlobalOptions& options);

[[nodiscard]] std::string without_password(const std::string& url);

}  // namespace usagectl::cli
