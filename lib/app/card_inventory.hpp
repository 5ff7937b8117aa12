// SPDX-License-Identifier: MIT
// Proof that no card was lost or made up: every card is in one place, the serial numbers have no
// hole, the worth on sale is the ledger's liability, and every spent card has its payment (source:
// US 8,095,475, figure 10, step 236).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/cards.hpp"
#include "card/place.hpp"

namespace usagectl::app {

struct InventoryAsked {
    std::optional<std::string> batch;  // only this one
    std::optional<std::string> agent;  // only those he has
    [[nodiscard]] bool whole() const { return !batch && !agent; }
};

struct InventoryItem {
    card::Batch batch;
    std::string agent;  // id; empty: none
    card::Places places;
    Money worth;  // of those on sale
};

struct InventoryFinding {
    // batch_count_differs, card_misplaced, serial_missing, card_count_differs, payment_missing,
    // payment_taken_back, payment_differs, payment_without_card, liability_differs
    std::string what;
    std::string batch;   // name; empty: all of them
    std::string serial;  // empty: not about one card
    std::string detail;
};

struct Inventory {
    std::vector<InventoryItem> items;
    std::int64_t generated = 0;  // of some batches: the cards said to be in them
    card::Places places;
    Money worth;
    std::optional<Money> liability;  // the ledger's; none for some of the batches
    std::int64_t findings = 0;
};

// Inside a transaction. It reads the entries of the house and the payments by card, each of these
// with its entry, not the rest of the ledger: no other entry touches the worth of cards. Errors:
// `batch_unknown`, `agent_unknown` (3).
[[nodiscard]] Result<Inventory> take_inventory(
    Store& store,
    const InventoryAsked& asked,
    const std::function<void(const InventoryFinding&)>& finding
);

}  // namespace usagectl::app
