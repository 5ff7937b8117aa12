// SPDX-License-Identifier: MIT
// The registry seen as a tree of nouns and verbs.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace usagectl::cli {

// The command with exactly this path; null when there is none.
[[nodiscard]] const Registered*
find_command(std::span<const Registered> registry, std::string_view path);
// "usage" of "usage show".
[[nodiscard]] std::string_view noun_of(const Registered& command);
// The commands of a noun that has verbs, in order; empty when it has none. A noun may have nouns of
// its own: those of "rules emergency" are among those of "rules".
[[nodiscard]] std::vector<const Registered*>
verbs_of(std::span<const Registered> registry, std::string_view noun);
// The first words there are, sorted, each once; hidden ones (`__complete`) left out.
[[nodiscard]] std::vector<std::string_view> nouns(std::span<const Registered> registry);
[[nodiscard]] bool is_hidden(const Registered& command);
[[nodiscard]] std::string path_text(const Spec& spec);

}  // namespace usagectl::cli
