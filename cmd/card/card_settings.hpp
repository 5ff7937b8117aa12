// SPDX-License-Identifier: MIT
// What the configuration says about prepaid cards.
#pragma once

#include "app/cards.hpp"
#include "cli/context.hpp"
#include "crypto/card_pins.hpp"

namespace usagectl {

// Throws Failure for a lock-out that cannot be read; check_setting() has looked at it before.
[[nodiscard]] app::CardRules card_rules_of(const cli::Settings& settings);

// `5/15m/30m`: so many refusals within so long close the lock for so long; s, m, h; `0` never.
// Error `malformed_lock` (2).
[[nodiscard]] Result<card::LockRule> parse_lock_rule(std::string_view text);

// The file with the keys of PINs: cards.key_file, else beside the user's configuration. Error
// `card_key_missing` (4) when there is no place for it.
[[nodiscard]] Result<std::string> card_key_file(const cli::Settings& settings);
// Its keys; what can be seen of this process by others ends here. Errors of CardPins::read().
[[nodiscard]] Result<crypto::CardPins> card_pins(const cli::Settings& settings);

}  // namespace usagectl
