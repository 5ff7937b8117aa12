// SPDX-License-Identifier: MIT
// Help text, made from the declarations.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "cli/command.hpp"

namespace usagectl::cli {

// "usagectl usage show METER [options]"
[[nodiscard]] std::string synopsis(const Spec& spec);
// "-q, --quiet", "--json[=FIELDS]", "METER…"
[[nodiscard]] std::string word_title(const Word& word);
// The help line with choices and default.
[[nodiscard]] std::string word_help(const Word& word);

[[nodiscard]] std::string command_help(const Spec& spec);
[[nodiscard]] std::string noun_help(std::span<const Registered> registry, std::string_view noun);
// The front page: nouns, or with `all` every command.
[[nodiscard]] std::string front_help(std::span<const Registered> registry, bool all);

}  // namespace usagectl::cli
