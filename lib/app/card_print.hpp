// SPDX-License-Identifier: MIT
// Which lines of a print file are cards of a batch (source: US 8,095,475, figure 10, step 234: the
// cards are printed). A print file is that of the batch its cards were made for, all of it, though
// some may have been packaged into other batches since.
#pragma once

#include <string>

#include "app/cards.hpp"
#include "card/print_line.hpp"

namespace usagectl::app {

// Looks at a print file line by line, in its order; inside a transaction.
class CardPrinting {
public:
    // Errors: `batch_unknown` (3), `batch_unfinished`, `batch_state_impossible` (4).
    [[nodiscard]] static Result<CardPrinting> begin(Store& store, const std::string& batch);

    // True: the card is in the batch and may still be sold; false: it went elsewhere, is void or
    // expired. Error `print_file_differs` (4): the next card of the file is another one.
    [[nodiscard]] Result<bool> take(const card::PrintLine& line);
    // Error `print_file_differs` (4): cards are missing at the end.
    [[nodiscard]] Result<void> finish() const;

    [[nodiscard]] const card::Batch& batch() const { return batch_; }
    // How many take() has said true to.
    [[nodiscard]] std::int64_t cards() const { return cards_; }

private:
    CardPrinting(Store& store, card::Batch batch, card::Batch made_for)
        : store_(store)
        , batch_(std::move(batch))
        , made_for_(std::move(made_for))
        , next_(made_for_.first) {}
    [[nodiscard]] tl::unexpected<Error> differs(std::string what) const;

    Store& store_;
    card::Batch batch_;
    card::Batch made_for_;
    std::int64_t next_ = 0;  // number of the next card of the file
    std::int64_t cards_ = 0;
};

}  // namespace usagectl::app
