// SPDX-License-Identifier: MIT
// The options every command takes, as they were given; resolve() settles them against environment
// and configuration.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "cli/context.hpp"
#include "cli/parse.hpp"

namespace usagectl::cli {

struct GlobalOptions {
    std::optional<std::string> db;
    std::optional<std::string> config;
    std::optional<std::string> profile;
    std::optional<std::string> format;
    std::optional<std::string> json;  // the fields; empty optional: not given
    bool json_bare = false;           // --json without a value
    std::optional<std::string> jq;
    bool no_header = false;
    bool quiet = false;
    bool verbose = false;
    std::optional<std::string> color;
    bool no_pager = false;
    bool no_input = false;
    bool yes = false;
    bool dry_run = false;
    std::optional<std::string> idempotency_key;
    std::optional<std::string> actor;
    bool help = false;
    bool version = false;
};

// The declaration, sorted as help shows it.
[[nodiscard]] std::span<const Word> global_words();
// Those that only a command with Spec.changes takes.
[[nodiscard]] bool for_changes_only(const Word& word);

[[nodiscard]] Result<void> assign_global(const Given& given, GlobalOptions& options);

// `settings` null for a command that reads no configuration.
[[nodiscard]] Result<Globals> resolve(
    const GlobalOptions& options,
    const Settings* settings,
    const Environment& environment,
    const Streams& io
);

// Whether errors are wanted as JSON, told from a line that may not even parse.
[[nodiscard]] bool
wants_json(std::span<const std::string> arguments, const Environment& environment);

}  // namespace usagectl::cli
