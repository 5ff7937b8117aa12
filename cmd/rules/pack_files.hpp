// SPDX-License-Identifier: MIT
// The rule packs a command works with.
#pragma once

#include <string>
#include <vector>

#include "app/rules.hpp"
#include "cli/context.hpp"

namespace usagectl {

// The built-in packs and those of the setting rules.directory. Refuses `rules_unreadable` (5): the
// folder or a file in it cannot be read; `rules_malformed` (6): a pack is wrong. Never leaves one
// out silently: an account whose pack is missing must not be judged by none.
[[nodiscard]] app::RulePacks rule_packs(const cli::Context& context);

// What may be wrong with an address's county: one sentence, or none. Nothing where a pack cannot be
// read: who depends on it says so.
[[nodiscard]] std::vector<std::string>
county_warnings(const cli::Context& context, const std::string& state, const std::string& county);

// The names of the packs, for completion: the built-in ones when others cannot be read.
[[nodiscard]] std::vector<std::string> rule_pack_names(const Result<cli::Settings>& settings);

// The text of a file named on the command line. Refuses `file_missing` (3), `file_unreadable` (5).
[[nodiscard]] app::PackText read_pack_file(const cli::Context& context, const std::string& path);

}  // namespace usagectl
