// SPDX-License-Identifier: MIT
// Batches of prepaid cards, the cards in them, and what is asked before one is accepted as payment.
// A batch is what travels together: it is printed, received, shipped and put on sale as one; cards
// that go another way are packaged into a batch of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "card/pin.hpp"
#include "card/serial.hpp"
#include "card/state.hpp"

namespace usagectl::card {

// 1 to 32 characters of A-Z a-z 0-9 . _ -, the first a letter or digit.
[[nodiscard]] bool is_short_name(std::string_view text);

// A short name. Error `malformed_batch` (2).
class BatchName {
public:
    [[nodiscard]] static Result<BatchName> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    explicit BatchName(std::string text)
        : text_(std::move(text)) {}
    std::string text_;
};

// Somebody who did something at a time; nobody did while there is no time.
struct Deed {
    std::optional<Instant> at;
    std::string by;
    bool operator==(const Deed&) const = default;
};

struct Batch {
    std::int64_t number = 0;  // the store's own
    std::string name;
    BatchState state = BatchState::generated;
    std::optional<BatchState> frozen_from;
    Money value;                      // of each card
    std::optional<LocalDay> expires;  // the last day one can be spent
    std::int64_t cards = 0;           // that are in it
    std::int64_t wanted = 0;          // that it was to be generated with; 0: it was packaged
    std::int64_t first = 0;           // number of the first of those; the others follow it
    std::int64_t made = 0;            // of those, up to now
    std::int64_t pin_digits = 0;
    std::string key;  // the marks of its PINs were made with
    HashCost cost;
    std::string print_file;        // where the PINs went
    std::int64_t print_bytes = 0;  // of that file belong to the cards made
    std::optional<std::int64_t> agent;
    Instant created_at{};
    Deed confirmed;  // by whom the agent let us know
    Deed proposed;   // activation, by the first of two
    Deed activated;

    [[nodiscard]] bool finished() const { return made == wanted; }
    bool operator==(const Batch&) const = default;
};

struct Card {
    Serial serial = Serial::of(Serial::first_number);
    std::int64_t batch = 0;
    CardState state = CardState::inactive;
    std::optional<CardState> frozen_from;
    PinMark mark;
    std::optional<Instant> used_at;
    std::int64_t uses = 0;  // more than one when a payment was taken back
    std::optional<std::int64_t> invoice;
    bool operator==(const Card&) const = default;
};

// What the payment is called that spent the card for the `uses`th time: "100000000001", and when a
// payment was taken back before it, "100000000001/2".
[[nodiscard]] std::string payment_reference(const Serial& serial, std::int64_t uses);

// Where an attempt to spend a card comes from. All but operators learn nothing but that it failed.
enum class Channel : std::uint8_t { csr, ivr, web, kiosk };
[[nodiscard]] std::string_view to_string(Channel channel);
[[nodiscard]] std::optional<Channel> parse_channel(std::string_view word);
[[nodiscard]] constexpr bool is_public(Channel channel) {
    return channel != Channel::csr;
}

// Why a card is not accepted; in the order in which it is looked at.
enum class Refusal : std::uint8_t {
    locked,
    unknown,
    not_active,
    wrong_pin,
    already_used,
    expired,
    frozen,
    voided,
};
// "card_locked", ..., "card_void": the contract's error codes.
[[nodiscard]] std::string_view code_of(Refusal refusal);
// What happened, for an operator.
[[nodiscard]] std::string_view message_of(Refusal refusal);
// Guessing shows in these: they are counted against lock-outs.
[[nodiscard]] constexpr bool counts(Refusal refusal) {
    return refusal != Refusal::locked;
}

// None: the card can be spent (source: US 8,095,475, figure 11: serial number, activated, PIN,
// unused; then expiry, freeze and void). `card` is null when the serial number is not known.
[[nodiscard]] std::optional<Refusal>
check(const Card* card, const Batch* batch, bool locked, bool pin_fits, LocalDay today);

}  // namespace usagectl::card
