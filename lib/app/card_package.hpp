// SPDX-License-Identifier: MIT
// Cards that go their own way: taken out of a batch into a new one of the same making (source: US
// 8,095,475, figure 10, step 240). A batch is what travels together.
#pragma once

#include <string>
#include <vector>

#include "app/store.hpp"

namespace usagectl::app {

class CardPackage {
public:
    // Into a batch called `into`; empty: called after the one they are taken from, as B.1. The
    // stock must be locked.
    CardPackage(Store& store, std::string into, card::Deed by)
        : store_(store)
        , into_(std::move(into))
        , by_(std::move(by)) {}

    // Both give the new batch. Errors (4): `batch_state_impossible` (frozen or void),
    // `batch_exists`, `cards_short`, `card_state_impossible` (used, void or expired).
    [[nodiscard]] Result<card::Batch> first(card::Batch from, std::int64_t count);
    [[nodiscard]] Result<card::Batch> these(card::Batch from, std::vector<card::Card>& cards);

private:
    [[nodiscard]] Result<card::Batch> open(const card::Batch& from);
    card::Batch close(card::Batch from, card::Batch into, std::int64_t count);

    Store& store_;
    std::string into_;
    card::Deed by_;
};

}  // namespace usagectl::app
