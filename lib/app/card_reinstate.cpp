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
    const auto text = payment.reference->substr(0, payment.reference->find('/'));
    const auto serial = card::Serial::parse(text);
    if (!serial)
        return;
    // The stock before the card, as whoever moves cards has them; so a batch that is just being
    // voided is void, or waits for the card.
    store.cards().lock_stock();
    auto card = store.cards().lock(*serial);
    // Only the payment that spent it: whoever can post payments must not free a card by taking back
    // one that he has called after it.
    if (!card || card->state != CardState::used ||
        *payment.reference != card::payment_reference(*serial, card->uses))
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
        CardWorth worth(store, *batch, card::Step::annul);
        worth.take(*card, CardState::active);
        worth.post(how.day, how.now, "card " + serial->text() + ": " + how.reason);
    }
    store.cards().save(*card);
}

}  // namespace usagectl::app
