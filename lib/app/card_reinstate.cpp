// SPDX-License-Identifier: MIT
#include "app/card_reinstate.hpp"

#include "app/card_worth.hpp"
#include "card/card.hpp"

namespace usagectl::app {

using card::BatchState;
using card::CardState;

void reinstate_card(Store& store, const Payment& payment, const Reinstating& how) {
    if (!payment.reference)
        return;
    // "100000000009/2": the card's second payment.
    const auto text = payment.reference->substr(0, payment.reference->find('/'));
    const auto serial = card::Serial::parse(text);
    if (!serial)
        return;
    auto card = store.cards().lock(*serial);
    if (!card || card->state != CardState::used)
        return;
    const auto batch = store.cards().batch(card->batch);
    CardEvent event{card->batch, *serial, how.now, how.actor, card::Step::reinstate, {}, {}, {}};
    const auto go = [&](card::Step step) {
        event.step = step;
        event.was = to_string(card->state);
        card->state = *card::after(step, card->state);
        event.became = to_string(card->state);
        event.reason = how.reason;
        store.cards().append(event);
    };
    card->used_at.reset();
    go(card::Step::reinstate);
    if (batch->state == BatchState::voided) {
        go(card::Step::annul);
        store.cards().lock_stock();
        CardWorth worth(store, *batch, card::Step::annul);
        worth.take(*card, CardState::active);
        worth.post(payment.id.day, how.now, "card " + serial->text() + ": " + how.reason);
    }
    store.cards().save(*card);
}

}  // namespace usagectl::app
