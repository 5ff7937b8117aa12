// SPDX-License-Identifier: MIT
#include "app/cards.hpp"

#include "base/text.hpp"

namespace usagectl::app {

Error unknown_batch(std::string_view name) {
    return {
        Exit::not_found,
        "batch_unknown",
        "there is no batch " + quoted(name),
        "usagectl card batches shows the batches there are",
    };
}

Error unknown_card(const card::Serial& serial) {
    return {
        Exit::not_found,
        "card_unknown",
        "no card has the serial number " + serial.text(),
        "usagectl card list shows the cards there are",
    };
}

Error unknown_agent(std::string_view id) {
    return {
        Exit::not_found,
        "agent_unknown",
        "there is no agent " + quoted(id),
        "usagectl agent list shows the agents there are; usagectl agent add makes one",
    };
}

LocalDay card_day(const CardRules& rules, Instant at) {
    const auto zone = Zone::find(rules.timezone);
    if (!zone)
        throw Failure(zone.error());
    return (*zone)->day_of(at);
}

Result<Money> face_of(std::int64_t cards, Money value) {
    constexpr Int128 most = Int128(1'000'000'000) * 1'000'000;
    const auto face = Int128(cards) * value.micro();
    if (face >= 0 && face <= most)
        return Money::from_micro(static_cast<std::int64_t>(face));
    return refuse(
        Exit::refused,
        "amount_out_of_range",
        std::to_string(cards) + " cards of " + format_money(value) + " are worth too much",
        "make several batches"
    );
}

Result<card::Batch> batch_at_hand(Store& store, std::string_view name) {
    auto batch = store.cards().batch(name);
    if (!batch)
        return tl::unexpected(unknown_batch(name));
    if (!batch->finished()) {
        return refuse(
            Exit::refused,
            "batch_unfinished",
            "of batch " + batch->name + " " + std::to_string(batch->made) + " of " +
                std::to_string(batch->wanted) + " cards are made",
            "usagectl card generate, asked the same again, makes the others"
        );
    }
    return std::move(*batch);
}

}  // namespace usagectl::app
