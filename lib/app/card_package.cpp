// SPDX-License-Identifier: MIT
#include "app/card_package.hpp"

#include "app/cards.hpp"

namespace usagectl::app {

namespace {

using card::Batch;
using card::BatchState;

Result<void> check_open(const Batch& batch) {
    if (batch.state != BatchState::frozen && batch.state != BatchState::voided)
        return {};
    return refuse(
        Exit::refused,
        "batch_state_impossible",
        "cards are not packaged out of batch " + batch.name + ", which is " +
            std::string(card::to_string(batch.state))
    );
}

Result<void> check_travels(const card::Card& card) {
    if (card::has_worth(card.state))
        return {};
    return refuse(
        Exit::refused,
        "card_state_impossible",
        "card " + card.serial.text() + " is " + std::string(card::to_string(card.state)) +
            ", and goes nowhere any more"
    );
}

}  // namespace

Result<Batch> CardPackage::open(const Batch& from) {
    auto& cards = store_.cards();
    Batch batch = from;
    batch.name = into_;
    for (int suffix = 1; batch.name.empty(); ++suffix) {
        const auto name = from.name + "." + std::to_string(suffix);
        if (!cards.batch(name))
            batch.name = name;
    }
    if (cards.batch(batch.name) || !card::is_short_name(batch.name)) {
        return refuse(
            Exit::refused,
            "batch_exists",
            "no new batch can be called " + batch.name,
            "name one that is not there: usagectl card package --into NAME"
        );
    }
    batch.created_at = *by_.at;
    batch.wanted = 0;
    batch.first = 0;
    batch.made = 0;
    batch.cards = 0;
    batch.print_bytes = 0;
    batch.number = cards.add_batch(batch);
    CardEvent made;
    made.batch = batch.number;
    made.at = *by_.at;
    made.actor = by_.by;
    made.step = card::Step::package;
    made.became = to_string(batch.state);
    made.reason = "from " + from.name;
    cards.append(made);
    return batch;
}

Batch CardPackage::close(Batch from, Batch into, std::int64_t count) {
    from.cards -= count;
    into.cards += count;
    store_.cards().save(from);
    store_.cards().save(into);
    return into;
}

Result<Batch> CardPackage::first(Batch from, std::int64_t count) {
    if (auto sound = check_open(from); !sound)
        return tl::unexpected(sound.error());
    auto into = open(from);
    if (!into)
        return into;
    const auto taken = store_.cards().package(from.number, into->number, count);
    if (taken < count) {
        return refuse(
            Exit::refused,
            "cards_short",
            "batch " + from.name + " has only " + std::to_string(taken) +
                " cards that can be packaged"
        );
    }
    return close(std::move(from), std::move(*into), taken);
}

Result<Batch> CardPackage::these(Batch from, std::vector<card::Card>& cards) {
    if (auto sound = check_open(from); !sound)
        return tl::unexpected(sound.error());
    for (const auto& card : cards) {
        if (auto sound = check_travels(card); !sound)
            return tl::unexpected(sound.error());
    }
    auto into = open(from);
    if (!into)
        return into;
    for (auto& card : cards) {
        card.batch = into->number;
        store_.cards().save(card);
    }
    return close(std::move(from), std::move(*into), std::ssize(cards));
}

}  // namespace usagectl::app
