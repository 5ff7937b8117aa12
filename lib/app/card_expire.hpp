// SPDX-License-Identifier: MIT
// Cards whose last day is over stop being worth anything to anybody but the books.
#pragma once

#include <functional>
#include <vector>

#include "app/actor.hpp"
#include "app/cards.hpp"

namespace usagectl::app {

struct ExpireCards {
    bool dry_run = false;
    std::function<void(const std::vector<struct CardsExpired>&)> expired = {};
};

struct CardsExpired {
    card::Batch batch;
    std::int64_t cards = 0;
    Money face;  // of those that were on sale
};

// Every batch whose last day is before today and that is not held: its cards that were not spent
// expire. Running it again finds nothing.
[[nodiscard]] Result<std::vector<CardsExpired>> expire_cards(
    Store& store,
    const ExpireCards& request,
    const CardRules& rules,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
