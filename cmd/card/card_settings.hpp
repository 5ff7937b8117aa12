// SPDX-License-Identifier: MIT
// What the configuration says about prepaid cards.
#pragma once

#include "app/cards.hpp"
#include "cli/context.hpp"
#include "crypto/card_pins.hpp"

namespace usagectl {

[[nodiscard]] app::CardRules card_rules_of(const cli::Settings& settings);

// The file with the keys of PINs: cards.key_file, else beside the user's configuration. Error
// `card_key_missing` (4) when there is no place for it.
[[nodiscard]] Result<std::string> card_key_file(const cli::Settings& settings);
// Its keys; what can be seen of this process by others ends here. Errors of CardPins::read().
[[nodiscard]] Result<crypto::CardPins> card_pins(const cli::Settings& settings);

}  // namespace usagectl
