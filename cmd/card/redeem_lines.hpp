// SPDX-License-Identifier: MIT
// card redeem --batch-input: many cards by one process, for kiosks and wrappers.
#pragma once

#include <string>

#include "card/attempt.hpp"
#include "cli/context.hpp"

namespace usagectl {

// What `card redeem` says of a card that was spent.
[[nodiscard]] cli::Json redeemed_json(
    const std::string& serial, const app::CardOutcome& outcome, std::string_view currency, bool dry
);
// What an idempotency key stands for; nothing of the PIN.
[[nodiscard]] std::string
redeem_body(const std::string& serial, const std::string& account, card::Channel channel);

// JSON lines in, JSON lines out in the same order. What has arrived is decided in one transaction
// and answered when it is durable. `input`: a file of ours alone, a pipe, or - for standard input.
// Exit::rejected when a line was not taken.
[[nodiscard]] Exit
redeem_lines(const std::string& input, card::Channel channel, cli::Context& context);

}  // namespace usagectl
