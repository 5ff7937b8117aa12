// SPDX-License-Identifier: MIT
#include "app/card_expire.hpp"

#include "app/card_worth.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::CardState;
using card::Step;

std::vector<Batch> batches_over(Store& store, LocalDay today) {
    std::vector<Batch> over;
    store.cards().each_batch([&](const Batch& batch) {
        const bool past = batch.expires && *batch.expires < today;
        if (past && batch.finished() && card::after(Step::expire, batch.state))
            over.push_back(batch);
        return true;
    });
    return over;
}

CardsExpired expire(Store& store, const Batch& batch, LocalDay today, Instant now) {
    CardWorth worth(store, batch, Step::expire);
    const auto cards = worth.move_batch(CardState::expired);
    const CardsExpired expired{batch, cards, worth.face()};
    worth.post(today, now, "batch " + batch.name + " expired");
    return expired;
}

}  // namespace

Result<std::vector<CardsExpired>> expire_cards(
    Store& store,
    const ExpireCards& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<std::vector<CardsExpired>>(store, request.dry_run, [&] {
        store.cards().lock_stock();
        const auto now = clock.now();
        const auto today = card_day(rules, now);
        std::vector<CardsExpired> all;
        for (const auto& batch : batches_over(store, today)) {
            const auto expired = expire(store, batch, today, now);
            if (expired.cards == 0)
                continue;
            CardEvent event;
            event.batch = batch.number;
            event.at = now;
            event.actor = actor.name;
            event.step = Step::expire;
            event.was = to_string(batch.state);
            event.became = to_string(batch.state);
            event.reason = "last day " + format_day(*batch.expires);
            store.cards().append(event);
            store.audit().append(actor.record(
                now,
                std::to_string(expired.cards) + " cards of batch " + batch.name +
                    " expired, of them on sale for " + format_money(expired.face)
            ));
            all.push_back(expired);
        }
        if (request.expired)
            request.expired(all);
        return Result<std::vector<CardsExpired>>(all);
    });
}

}  // namespace usagectl::app
