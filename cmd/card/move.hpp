// SPDX-License-Identifier: MIT
// What the commands that move batches and cards share: words, the answer, the run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/card_steps.hpp"
#include "card/words.hpp"
#include "cli/context.hpp"

namespace usagectl {

struct MoveOptions {
    std::vector<card::Serial> serials;
    std::optional<card::BatchName> batch;
    std::optional<card::AgentId> agent;
    std::optional<card::BatchName> into;
    std::optional<std::int64_t> count;
    std::string by;
    std::string reason;
};

// `--batch BATCH | SERIAL…` and, where a reason must be given, `--reason`.
[[nodiscard]] std::vector<cli::Word> move_words(bool reason_needed);
[[nodiscard]] std::vector<cli::Field> move_fields();

// Refuses when neither a batch nor a card is named, or both.
[[nodiscard]] Exit
move_and_print(card::Step step, const MoveOptions& options, cli::Context& context);

}  // namespace usagectl
