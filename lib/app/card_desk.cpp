// SPDX-License-Identifier: MIT
#include "app/card_desk.hpp"

#include "app/undo.hpp"
#include "base/assert.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using card::LockScope;
using card::Refusal;

// A mark no PIN has: what is held against it costs as much as any other.
const card::PinMark& nobody() {
    static const card::PinMark mark{
        std::string(card::PinMark::salt_size, '\0'), std::string(card::PinMark::hash_size, '\0')};
    return mark;
}

constexpr std::string_view no_pin = "00000000000000";

std::string hint_of(Refusal refusal) {
    switch (refusal) {
    case Refusal::locked:
        return "usagectl card locks shows what is locked and until when";
    case Refusal::not_active:
        return "usagectl card show tells where its batch is";
    case Refusal::frozen:
        return "usagectl card show tells who holds it and why";
    case Refusal::wrong_pin:
        return "have the PIN read out again, digit by digit";
    default:
        return "usagectl card show tells what became of it";
    }
}

}  // namespace

Error error_of(const CardOutcome& outcome, const CardAttempt& attempt) {
    USAGECTL_ASSERT(!outcome.accepted());
    if (card::is_public(attempt.channel))
        return refused_in_public();
    if (outcome.account_refusal)
        return *outcome.account_refusal;
    const auto refusal = *outcome.refusal;
    return {
        Exit::refused,
        std::string(card::code_of(refusal)),
        "card " + attempt.serial.text() +
            " is not accepted: " + std::string(card::message_of(refusal)),
        hint_of(refusal),
        refusal == Refusal::locked};
}

Error refused_in_public() {
    return {Exit::refused, "card_refused", "the card is not accepted", ""};
}

CardDesk::Looked CardDesk::look(const CardAttempt& attempt) {
    // One query for a card that is there and one that is not.
    const auto card = store_.cards().find(attempt.serial);
    const auto batch = store_.cards().batch(card ? card->batch : 0);
    const auto& mark = card ? card->mark : nobody();
    const auto& key = batch ? batch->key : vault_.key();
    const auto& cost = batch ? batch->cost : rules_.cost;
    return {vault_.fits(attempt.serial, attempt.pin, mark, key, cost)};
}

void CardDesk::look_at_nothing() {
    const auto serial = card::Serial::of(card::Serial::first_number);
    static_cast<void>(vault_.fits(serial, no_pin, nobody(), vault_.key(), rules_.cost));
}

std::string CardDesk::lock_name(LockScope scope, const CardAttempt& attempt) {
    switch (scope) {
    case LockScope::card:
        return attempt.serial.text();
    case LockScope::account:
        return attempt.account.value_or("");
    case LockScope::channel:
        return std::string(card::to_string(attempt.channel));
    case LockScope::global:
        break;
    }
    return "";
}

bool CardDesk::locked(const CardAttempt& attempt, bool hold, Instant now) {
    bool any = false;
    for (const auto scope : card::lock_scopes) {
        if (scope == LockScope::account && !attempt.account)
            continue;
        const auto count = store_.cards().lock_count(scope, lock_name(scope, attempt), hold);
        any = any || count.locked(now);
    }
    return any;
}

// What is not counted is written as it was: a lock must not show in how long a refusal takes.
void CardDesk::count(const CardAttempt& attempt, bool one_more, Instant now) {
    for (const auto scope : card::lock_scopes) {
        if (scope == LockScope::account && !attempt.account)
            continue;
        const auto name = lock_name(scope, attempt);
        const auto before = store_.cards().lock_count(scope, name, true);
        const auto& rule = rules_.locks.of(scope);
        store_.cards().save(scope, name, one_more ? card::one_more(before, rule, now) : before);
    }
}

void CardDesk::spend(const CardAttempt& attempt, Found found, CardOutcome& outcome, Instant now) {
    auto& card = *found.card;
    PaymentAsked asked;
    asked.account = *attempt.account;
    asked.amount = found.batch->value;
    asked.method = account::Method::prepaid_card;
    asked.received_from = ledger::unused_cards;
    // Taken once for ever, whatever this process believes of the card.
    asked.reference = attempt.serial.text();
    if (card.uses > 0)
        *asked.reference += "/" + std::to_string(card.uses + 1);
    auto posted = post_payment_within(store_, asked, prepay_, actor_.name, now);
    if (!posted) {
        outcome.account_refusal = posted.error();
        return;
    }
    if (posted->unchanged) {
        // Somebody has posted it by hand; the card stays as it is until a person has looked at it.
        outcome.account_refusal = Error{
            Exit::refused,
            "payment_reference_used",
            "payment " + posted->payment + " has the card's serial number as its reference",
            "take that payment back, or void the card"};
        return;
    }
    const auto was = card.state;
    card.state = *card::after(card::Step::redeem, was);
    card.used_at = now;
    card.uses += 1;
    store_.cards().save(card);
    CardEvent event;
    event.batch = card.batch;
    event.serial = card.serial;
    event.at = now;
    event.actor = actor_.name;
    event.step = card::Step::redeem;
    event.was = to_string(was);
    event.became = to_string(card.state);
    event.reason = "payment " + posted->payment;
    store_.cards().append(event);
    outcome.payment = std::move(*posted);
}

void CardDesk::note(const CardAttempt& attempt, const CardOutcome& outcome, Instant now) {
    std::string sentence = "card " + attempt.serial.text();
    if (outcome.payment) {
        sentence += " redeemed: payment " + outcome.payment->payment + " of " +
                    format_money(outcome.payment->amount);
    } else if (outcome.accepted()) {
        sentence += " is valid";
    } else {
        const std::string code = outcome.account_refusal
                                     ? outcome.account_refusal->code
                                     : std::string(card::code_of(*outcome.refusal));
        sentence += " refused: " + code;
    }
    sentence += ", channel " + std::string(card::to_string(attempt.channel));
    if (attempt.account)
        sentence += ", account " + *attempt.account;
    store_.audit().append(actor_.record(now, std::move(sentence)));
}

CardOutcome CardDesk::decide(const CardAttempt& attempt, const Looked& looked) {
    const auto now = clock_.now();
    // The account before the card, as whoever takes a payment back has them.
    if (attempt.account)
        static_cast<void>(store_.accounts().lock(*attempt.account));
    Found found;
    found.card = store_.cards().lock(attempt.serial);
    found.batch = store_.cards().batch(found.card ? found.card->batch : 0);
    const auto* card = found.card ? &*found.card : nullptr;
    const auto* batch = found.batch ? &*found.batch : nullptr;
    const auto today = card_day(rules_, now);
    const auto checked = [&](bool hold) {
        return card::check(card, batch, locked(attempt, hold, now), looked.fits, today);
    };
    CardOutcome outcome;
    outcome.refusal = checked(false);
    // Refusals are counted one after another; those that come behind the last one a lock allows
    // find it closed.
    if (outcome.refusal) {
        outcome.refusal = checked(true);
        count(attempt, card::counts(*outcome.refusal), now);
    }
    if (batch != nullptr && !outcome.refusal)
        outcome.value = batch->value;
    if (!outcome.refusal && attempt.account)
        spend(attempt, std::move(found), outcome, now);
    note(attempt, outcome, now);
    return outcome;
}

CardOutcome
CardDesk::attempt(const CardAttempt& attempt, const std::function<void(const CardOutcome&)>& kept) {
    struct Undo {};
    const auto looked = look(attempt);
    CardOutcome outcome;
    try {
        store_.write([&] {
            outcome = decide(attempt, looked);
            if (attempt.dry_run && outcome.accepted())
                throw Undo{};
            if (kept && outcome.payment)
                kept(outcome);
        });
    } catch (const Undo&) {
        // Rolled back, as was meant.
    }
    return outcome;
}

}  // namespace usagectl::app
