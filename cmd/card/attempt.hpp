// SPDX-License-Identifier: MIT
// What validating and redeeming a card share: keys, the PIN, and a refusal that tells outsiders
// nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "account/prepay_settings.hpp"
#include "app/card_desk.hpp"
#include "card/card_settings.hpp"
#include "card/pin_input.hpp"
#include "card/steady_answer.hpp"
#include "cli/context.hpp"

namespace usagectl {

struct Tried {
    std::string serial;  // as it is written; empty when it is none
    Result<app::CardOutcome> outcome;
};

class CardCounter {
public:
    // Reads the keys, before anything else is done. Throws cli::Refusal.
    CardCounter(cli::Context& context, card::Channel channel);

    [[nodiscard]] const app::CardRules& rules() const { return rules_; }
    [[nodiscard]] const app::Prepay& prepay() const { return prepay_; }
    [[nodiscard]] card::Channel channel() const { return channel_; }
    [[nodiscard]] app::CardDesk& desk() { return desk_; }

    // Reads the PIN and tries the card. A serial number or PIN that is none is refused before the
    // store is asked: by name to an operator (throws cli::Refusal), by the work of a whole look and
    // `card_refused` to others, who are refused anything at fixed steps of time.
    [[nodiscard]] Tried attempt(
        std::string_view serial,
        const PinOptions& pin,
        const std::optional<std::string>& account,
        const std::function<void(const app::CardOutcome&)>& kept = {}
    );

private:
    [[nodiscard]] Tried refused(Error error, const SteadyAnswer& answer);

    cli::Context& context_;
    app::CardRules rules_;
    app::Prepay prepay_;
    card::Channel channel_;
    crypto::CardPins pins_;
    app::Actor actor_;
    app::CardDesk desk_;
};

}  // namespace usagectl
