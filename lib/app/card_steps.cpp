// SPDX-License-Identifier: MIT
#include "app/card_steps.hpp"

#include <algorithm>
#include <map>

#include "app/card_package.hpp"
#include "app/card_worth.hpp"
#include "app/undo.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::BatchState;
using card::Card;
using card::CardState;
using card::Serial;
using card::Step;

bool about_whereabouts(Step step) {
    return step != Step::freeze && step != Step::unfreeze && step != Step::annul;
}

Error second_person(const Batch& batch, Money face) {
    return {
        Exit::refused,
        "second_person_needed",
        "cards worth " + format_money(face) + ", with all " + batch.proposed.by +
            " put on sale today alone, take two, and " + batch.proposed.by + " was the first",
        "somebody else runs usagectl card activate --batch " + batch.name};
}

class Steps {
public:
    Steps(
        Store& store,
        const MoveCards& request,
        const CardRules& rules,
        const Actor& actor,
        Instant now
    )
        : store_(store)
        , cards_(store.cards())
        , request_(request)
        , rules_(rules)
        , actor_(actor)
        , now_(now)
        , today_(card_day(rules, now)) {}

    Result<std::vector<CardsMoved>> run() {
        cards_.lock_stock();
        std::vector<CardsMoved> moved;
        const auto add = [&](Result<CardsMoved> one) -> Result<void> {
            if (!one)
                return tl::unexpected(one.error());
            note(*one);
            moved.push_back(std::move(*one));
            return {};
        };
        if (!request_.batch.empty()) {
            auto batch = batch_at_hand(store_, request_.batch);
            if (!batch)
                return tl::unexpected(batch.error());
            if (auto done = add(whole(std::move(*batch))); !done)
                return tl::unexpected(done.error());
            return moved;
        }
        std::map<std::int64_t, std::vector<Card>> by_batch;
        // In the order in which whoever spends many at once has them.
        auto serials = request_.serials;
        std::sort(serials.begin(), serials.end());
        for (const auto& serial : serials) {
            auto card = cards_.lock(serial);
            if (!card)
                return tl::unexpected(unknown_card(serial));
            auto& others = by_batch[card->batch];
            const bool twice = std::any_of(others.begin(), others.end(), [&](const Card& other) {
                return other.serial == serial;
            });
            if (!twice)
                others.push_back(std::move(*card));
        }
        for (auto& [number, cards] : by_batch) {
            if (auto done = add(some(*cards_.batch(number), cards)); !done)
                return tl::unexpected(done.error());
        }
        return moved;
    }

private:
    [[nodiscard]] CardsMoved about(const Batch& batch) const {
        CardsMoved moved;
        moved.batch = batch;
        const auto agent = batch.agent ? store_.agents().find(*batch.agent) : std::nullopt;
        moved.agent = agent ? agent->id : "";
        return moved;
    }

    void event(const Batch& batch, std::string_view was, std::string_view became) {
        CardEvent made;
        made.batch = batch.number;
        made.at = now_;
        made.actor = actor_.name;
        made.step = request_.step;
        made.was = was;
        made.became = became;
        made.reason = request_.reason;
        cards_.append(made);
    }

    void note(const CardsMoved& moved) {
        store_.audit().append(actor_.record(
            now_,
            std::string(card::to_string(request_.step)) + " of " + std::to_string(moved.cards) +
                " cards, batch " + moved.batch.name + ", now " +
                std::string(card::to_string(moved.batch.state)) +
                (moved.second_person ? ", waits for a second person" : "")
        ));
    }

    Result<CardsMoved> whole(Batch batch) {
        if (request_.step == Step::package)
            return package_first(std::move(batch));
        const auto was = batch.state;
        const auto next = card::after(request_.step, was, batch.frozen_from);
        if (!next)
            return tl::unexpected(next.error());
        if (request_.step == Step::activate)
            return activate(std::move(batch), *next);
        if (request_.step == Step::ship) {
            const auto agent = store_.agents().find(request_.agent);
            if (!agent)
                return tl::unexpected(unknown_agent(request_.agent));
            batch.agent = agent->number;
        }
        if (request_.step == Step::receive) {
            batch.agent.reset();
            batch.confirmed = {};
        }
        if (request_.step == Step::confirm)
            batch.confirmed = {now_, request_.by.empty() ? actor_.name : request_.by};
        batch.frozen_from =
            request_.step == Step::freeze ? std::optional(was) : std::optional<BatchState>();
        batch.state = *next;
        if (request_.step == Step::annul)
            annul_cards(batch);
        cards_.save(batch);
        event(batch, to_string(was), to_string(batch.state));
        return of_all(batch);
    }

    [[nodiscard]] Result<CardsMoved> of_all(const Batch& batch) const {
        const auto face = face_of(batch.cards, batch.value);
        if (!face)
            return tl::unexpected(face.error());
        auto moved = about(batch);
        moved.cards = batch.cards;
        moved.face = *face;
        return moved;
    }

    Result<CardsMoved> activate(Batch batch, BatchState next) {
        if (!batch.confirmed.at) {
            return refuse(
                Exit::refused,
                "receipt_not_confirmed",
                "the agent has not confirmed that batch " + batch.name + " is there",
                "usagectl card confirm --batch " + batch.name
            );
        }
        auto moved = of_all(batch);
        if (!moved)
            return moved;
        const auto limit = rules_.second_person_above;
        if (limit && moved->face + alone_today() > *limit) {
            if (batch.proposed.at && batch.proposed.by == actor_.name)
                return tl::unexpected(second_person(batch, moved->face));
            moved->second_person = !batch.proposed.at;
        }
        if (moved->second_person) {
            batch.proposed = {now_, actor_.name};
            cards_.save(batch);
            event(batch, to_string(batch.state), to_string(batch.state));
            return moved;
        }
        const auto was = batch.state;
        batch.state = next;
        batch.activated = {now_, actor_.name};
        CardWorth worth(store_, batch, Step::activate);
        worth.take_all(cards_.move_all({batch.number, CardState::inactive}, CardState::active));
        worth.take_all(cards_.move_frozen(batch.number, CardState::inactive, CardState::active));
        worth.post(today_, now_, "batch " + batch.name + " on sale");
        cards_.save(batch);
        event(batch, to_string(was), to_string(batch.state));
        moved->batch = batch;
        return moved;
    }

    // What this person has put on sale today with nobody else. Counted over all batches, or one
    // that is packaged into small ones would go past the limit unseen.
    [[nodiscard]] Money alone_today() {
        Money worth;
        cards_.each_batch([&](const Batch& batch) {
            const auto& deed = batch.activated;
            const bool alone = batch.proposed.by.empty() || batch.proposed.by == deed.by;
            if (deed.at && deed.by == actor_.name && alone && card_day(rules_, *deed.at) == today_)
                worth = worth + face_of(batch.cards, batch.value).value();
            return true;
        });
        return worth;
    }

    // Whatever has not been spent.
    void annul_cards(const Batch& batch) {
        CardWorth worth(store_, batch, Step::annul);
        static_cast<void>(worth.move_batch(CardState::voided));
        worth.post(today_, now_, "batch " + batch.name + " void: " + request_.reason);
    }

    CardPackage packaging() { return CardPackage(store_, request_.into, {now_, actor_.name}); }

    Result<CardsMoved> package_first(Batch from) {
        const auto name = from.name;
        auto into = packaging().first(std::move(from), request_.count);
        if (!into)
            return tl::unexpected(into.error());
        auto moved = of_all(*into);
        if (moved)
            moved->from = name;
        return moved;
    }

    Result<CardsMoved> some(Batch batch, std::vector<Card>& cards) {
        if (!about_whereabouts(request_.step))
            return each_card(batch, cards);
        const bool alone = request_.step == Step::package;
        if (!alone && std::ssize(cards) == batch.cards)
            return whole(std::move(batch));
        const auto name = batch.name;
        auto into = packaging().these(std::move(batch), cards);
        if (!into)
            return tl::unexpected(into.error());
        auto moved = alone ? of_all(*into) : whole(*cards_.batch(into->number));
        if (!moved)
            return moved;
        moved->from = name;
        for (const auto& card : cards)
            moved->serials.push_back(card.serial);
        return moved;
    }

    Result<CardsMoved> each_card(const Batch& batch, std::vector<Card>& cards) {
        auto moved = about(batch);
        CardWorth worth(store_, batch, request_.step);
        for (auto& card : cards) {
            const auto was = card.state;
            const auto next = card::after(request_.step, was, card.frozen_from);
            if (!next)
                return tl::unexpected(next.error());
            if (request_.step == Step::annul)
                worth.take(card, card.frozen_from.value_or(was));
            card.frozen_from =
                request_.step == Step::freeze ? std::optional(was) : std::optional<CardState>();
            card.state = *next;
            cards_.save(card);
            CardEvent made{batch.number, card.serial, now_, actor_.name, request_.step, {}, {}, {}};
            made.was = to_string(was);
            made.became = to_string(card.state);
            made.reason = request_.reason;
            cards_.append(made);
            moved.serials.push_back(card.serial);
        }
        if (request_.step == Step::annul)
            worth.post(today_, now_, "cards of batch " + batch.name + " void: " + request_.reason);
        moved.cards = std::ssize(cards);
        const auto face = face_of(moved.cards, batch.value);
        if (!face)
            return tl::unexpected(face.error());
        moved.face = *face;
        return moved;
    }

    Store& store_;
    CardStore& cards_;
    const MoveCards& request_;
    const CardRules& rules_;
    const Actor& actor_;
    Instant now_;
    LocalDay today_;
};

}  // namespace

Result<std::vector<CardsMoved>> move_cards(
    Store& store,
    const MoveCards& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<std::vector<CardsMoved>>(store, request.dry_run, [&] {
        auto moved = Steps(store, request, rules, actor, clock.now()).run();
        if (moved && request.moved)
            request.moved(*moved);
        return moved;
    });
}

}  // namespace usagectl::app
