// SPDX-License-Identifier: MIT
// What ingest answers: per file and in total, and what it says when something was not taken.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/ingest.hpp"
#include "cli/context.hpp"

namespace usagectl {

[[nodiscard]] std::vector<cli::Field> ingest_fields();
// `left` is what was seen on servers and left for the next run, `known` how many files there had
// been taken before.
[[nodiscard]] cli::Json ingest_json(
    const std::vector<app::FileReport>& reports,
    const std::vector<std::string>& left,
    std::uint64_t known,
    bool dry_run
);
[[nodiscard]] cli::Context::View ingest_view(const cli::Json& root);
// Of an answer that is given again: 6 when a file was not taken, or not as a whole.
[[nodiscard]] Exit ingest_exit(const cli::Json& root);

// As refusal_of().
[[nodiscard]] std::optional<Error>
ingest_refusal(const std::vector<app::FileReport>& reports, std::vector<std::string>& reasons);

}  // namespace usagectl
