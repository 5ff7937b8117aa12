// SPDX-License-Identifier: MIT
// A card whose payment was taken back can be spent again.
#pragma once

#include <string>

#include "app/store.hpp"

namespace usagectl::app {

struct Reinstating {
    std::string actor;
    std::string reason;
    Instant now{};
    LocalDay day{};  // of the entry that takes the payment back
};

// Inside the transaction that takes the payment back. Does nothing when no card made the payment.
// What is worth nothing any more, because its batch is void, comes back void.
void reinstate_card(Store& store, const Payment& payment, const Reinstating& how);

}  // namespace usagectl::app
