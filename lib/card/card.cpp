// SPDX-License-Identifier: MIT
#include "card/card.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl::card {

namespace {

constexpr Words<Channel::kiosk> channel_words{"csr", "ivr", "web", "kiosk"};
constexpr Words<Refusal::voided> codes{
    "card_locked",
    "card_unknown",
    "card_not_active",
    "card_wrong_pin",
    "card_already_used",
    "card_expired",
    "card_frozen",
    "card_void"};
constexpr Words<Refusal::voided> messages{
    "too many attempts have failed: nothing is looked at for a while",
    "no card has this serial number",
    "the card is not on sale yet",
    "the PIN is not the card's",
    "the card has been used",
    "the card has expired",
    "the card is held",
    "the card is void"};

bool plain(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// Whether the card has ever been on sale: what came after (frozen, used, ...) is said after the
// PIN. A voided batch never comes back, so it is no news that it was not activated.
bool was_activated(const Card& card, const Batch& batch) {
    const auto batch_state = batch.frozen_from.value_or(batch.state);
    if (batch_state != BatchState::active && batch_state != BatchState::voided)
        return false;
    return card.frozen_from.value_or(card.state) != CardState::inactive;
}

}  // namespace

bool is_short_name(std::string_view text) {
    return !text.empty() && text.size() <= 32 && plain(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return plain(c) || c == '.' || c == '_' || c == '-';
           });
}

Result<BatchName> BatchName::parse(std::string_view text) {
    if (is_short_name(text))
        return BatchName(std::string(text));
    return refuse(
        Exit::usage,
        "malformed_batch",
        "no batch can be called " + quoted(text),
        "1 to 32 letters, digits, dots, hyphens and underscores, the first a letter or digit"
    );
}

std::string payment_reference(const Serial& serial, std::int64_t uses) {
    return serial.text() + (uses > 1 ? "/" + std::to_string(uses) : "");
}

std::string_view to_string(Channel channel) {
    return channel_words.word(channel);
}

std::optional<Channel> parse_channel(std::string_view word) {
    return channel_words.parse(word);
}

std::string_view code_of(Refusal refusal) {
    return codes.word(refusal);
}

std::string_view message_of(Refusal refusal) {
    return messages.word(refusal);
}

std::optional<Refusal>
check(const Card* card, const Batch* batch, bool locked, bool pin_fits, LocalDay today) {
    if (locked)
        return Refusal::locked;
    if (card == nullptr)
        return Refusal::unknown;
    if (!was_activated(*card, *batch))
        return Refusal::not_active;
    if (!pin_fits)
        return Refusal::wrong_pin;
    if (card->state == CardState::used)
        return Refusal::already_used;
    if (card->state == CardState::expired || (batch->expires && *batch->expires < today))
        return Refusal::expired;
    if (card->state == CardState::frozen || batch->state == BatchState::frozen)
        return Refusal::frozen;
    if (card->state == CardState::voided || batch->state == BatchState::voided)
        return Refusal::voided;
    return std::nullopt;
}

}  // namespace usagectl::card
