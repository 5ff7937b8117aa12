// SPDX-License-Identifier: MIT
// Where cards are tried: validated, and spent as a payment (source: US 8,095,475, figures 10 and
// 11). The work on the PIN is done before anything is locked; what comes of it is decided inside
// one transaction, together with the count of refusals, so that however many try at once, a card is
// spent once and no more guesses are looked at than the lock-outs allow.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/actor.hpp"
#include "app/cards.hpp"
#include "app/payments.hpp"

namespace usagectl::app {

struct CardAttempt {
    card::Serial serial = card::Serial::of(card::Serial::first_number);
    std::string_view pin;                // sound (card::check_pin), in the caller's keeping
    std::optional<std::string> account;  // none: it is looked at, not spent
    card::Channel channel = card::Channel::csr;
    bool dry_run = false;  // a refusal is kept all the same: a trial run is no way to guess
};

struct CardOutcome {
    std::optional<card::Refusal> refusal;
    // The card is good, and the account cannot take it: it is unknown, closed ...
    std::optional<Error> account_refusal = {};
    Money value = {};
    std::optional<PaymentPosted> payment = {};

    [[nodiscard]] bool accepted() const { return !refusal && !account_refusal; }
};

// What an operator is told; those at public channels get `card_refused` whatever it was (4).
[[nodiscard]] Error error_of(const CardOutcome& outcome, const CardAttempt& attempt);
[[nodiscard]] Error refused_in_public();

// Called inside the transaction, in the order of the attempts.
struct CardHooks {
    // True: this one has its answer already; it is not tried, and its outcome means nothing.
    std::function<bool(std::size_t at)> answered = {};
    // A payment was posted.
    std::function<void(std::size_t at, const CardOutcome& outcome)> kept = {};
};

class CardDesk {
public:
    CardDesk(
        Store& store,
        const CardRules& rules,
        const Prepay& prepay,
        const card::PinVault& vault,
        const Actor& actor,
        const Clock& clock
    )
        : store_(store)
        , rules_(rules)
        , prepay_(prepay)
        , vault_(vault)
        , actor_(actor)
        , clock_(clock) {}

    // Whether the PIN fits, found with the same work for a card that is not there.
    struct Looked {
        bool fits = false;
    };
    [[nodiscard]] Looked look(const CardAttempt& attempt);
    // The same for many, by so many threads.
    [[nodiscard]] std::vector<Looked> look(std::span<const CardAttempt> attempts, unsigned threads);
    // The work of look(), for what was no serial number or PIN to begin with.
    void look_at_nothing();

    // Call inside a write transaction. One after the other, as they come: of two that name the same
    // card the first has it.
    [[nodiscard]] std::vector<CardOutcome> decide(
        std::span<const CardAttempt> attempts,
        std::span<const Looked> looked,
        const CardHooks& hooks = {}
    );
    // Both, in a transaction of its own. `kept` is called inside it when a payment was posted.
    [[nodiscard]] CardOutcome
    attempt(const CardAttempt& attempt, const std::function<void(const CardOutcome&)>& kept = {});

private:
    struct Asked;
    class Sitting;
    [[nodiscard]] Asked ask(const CardAttempt& attempt);
    [[nodiscard]] bool try_pin(const Asked& asked, const CardAttempt& attempt) const;

    Store& store_;
    const CardRules& rules_;
    const Prepay& prepay_;
    const card::PinVault& vault_;
    const Actor& actor_;
    const Clock& clock_;
};

}  // namespace usagectl::app
