// SPDX-License-Identifier: MIT
// Where cards are tried: validated, and spent as a payment (source: US 8,095,475, figures 10 and
// 11). The work on the PIN is done before anything is locked; what comes of it is decided inside
// one transaction, together with the count of refusals, so that however many try at once, a card is
// spent once and no more guesses are looked at than the lock-outs allow.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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
    // The work of look(), for what was no serial number or PIN to begin with.
    void look_at_nothing();
    // Call inside a write transaction.
    [[nodiscard]] CardOutcome decide(const CardAttempt& attempt, const Looked& looked);
    // Both, in a transaction of its own. `kept` is called inside it when a payment was posted.
    [[nodiscard]] CardOutcome
    attempt(const CardAttempt& attempt, const std::function<void(const CardOutcome&)>& kept = {});

private:
    struct Found {
        std::optional<card::Card> card;
        std::optional<card::Batch> batch;
    };
    [[nodiscard]] static std::string lock_name(card::LockScope scope, const CardAttempt& attempt);
    [[nodiscard]] bool locked(const CardAttempt& attempt, bool hold, Instant now);
    void count(const CardAttempt& attempt, bool one_more, Instant now);
    void spend(const CardAttempt& attempt, Found found, CardOutcome& outcome, Instant now);
    void note(const CardAttempt& attempt, const CardOutcome& outcome, Instant now);

    Store& store_;
    const CardRules& rules_;
    const Prepay& prepay_;
    const card::PinVault& vault_;
    const Actor& actor_;
    const Clock& clock_;
};

}  // namespace usagectl::app
