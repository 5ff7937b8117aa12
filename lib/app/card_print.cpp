// SPDX-License-Identifier: MIT
#include "app/card_print.hpp"

namespace usagectl::app {

namespace {

// The batch whose promised numbers hold the cards of this one.
card::Batch made_for(Store& store, const card::Batch& batch) {
    if (batch.wanted != 0)
        return batch;
    const auto first = store.cards().cards({batch.number, {}, 0, 1});
    auto found = batch;
    if (first.empty())
        return found;
    const auto number = first.front().serial.number();
    store.cards().each_batch([&](const card::Batch& other) {
        if (number < other.first || number >= other.first + other.wanted)
            return true;
        found = other;
        return false;
    });
    return found;
}

}  // namespace

Result<CardPrinting> CardPrinting::begin(Store& store, const std::string& name) {
    auto batch = batch_at_hand(store, name);
    if (!batch)
        return tl::unexpected(batch.error());
    if (auto next = card::after(card::Step::print, batch->state, batch->frozen_from); !next)
        return tl::unexpected(next.error());
    auto origin = made_for(store, *batch);
    return CardPrinting(store, std::move(*batch), std::move(origin));
}

tl::unexpected<Error> CardPrinting::differs(std::string what) const {
    return refuse(
        Exit::refused,
        "print_file_differs",
        "this is not the print file of batch " + made_for_.name + ": " + std::move(what),
        "--print-file names the file that usagectl card generate wrote"
    );
}

Result<bool> CardPrinting::take(const card::PrintLine& line) {
    if (line.batch != made_for_.name)
        return differs("its card " + line.serial.text() + " is of another batch");
    if (next_ >= made_for_.first + made_for_.made)
        return differs("card " + line.serial.text() + " is one too many");
    const auto expected = card::Serial::of(next_);
    if (line.serial != expected)
        return differs(
            "card " + line.serial.text() + " is where " + expected.text() + " should be"
        );
    if (line.value != made_for_.value || line.expires != made_for_.expires)
        return differs("card " + line.serial.text() + " has another value or last day");
    ++next_;
    const auto card = store_.cards().find(line.serial);
    const bool wanted = card && card->batch == batch_.number && card::has_worth(card->state);
    cards_ += wanted ? 1 : 0;
    return wanted;
}

Result<void> CardPrinting::finish() const {
    const auto missing = made_for_.first + made_for_.made - next_;
    if (missing != 0)
        return differs(std::to_string(missing) + " cards are missing at its end");
    return {};
}

}  // namespace usagectl::app
