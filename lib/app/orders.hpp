// SPDX-License-Identifier: MIT
// Orders to the field: found, shown, and handed over where the rules allow it (source: US
// 8,095,475, figure 5 and figure 9, steps 206 and 216).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"
#include "app/rules.hpp"
#include "rules/judge.hpp"

namespace usagectl::app {

struct OrderShown {
    std::string name;
    std::string account;
    ServiceOrder order;
    std::optional<rules::Verdict> verdict = {};  // of an open suspend order, as it is now
    std::string meter;
};

// The account and the order a name speaks of, locked until the transaction ends.
struct FoundOrder {
    AccountChange change;
    ServiceOrder order;
};
// Errors: `malformed_name` (2), `order_unknown` (3), `clock_backwards` (4).
[[nodiscard]] Result<FoundOrder> find_order(
    Store& store,
    const std::string& name,
    const Prepay& prepay,
    const std::string& actor,
    Instant now
);
[[nodiscard]] OrderShown
shown_of(const KnownAccount& known, const account::Standing& standing, const ServiceOrder& order);

// Nothing is locked: within a read transaction. Errors: `malformed_name` (2), `order_unknown` (3).
[[nodiscard]] Result<OrderShown> show_order(
    Store& store, const std::string& name, const Prepay& prepay, const RulePacks& packs, Instant now
);
void list_orders(
    Store& store,
    const ServiceStore::OrderFilter& filter,
    const std::function<bool(const OrderShown&)>& visit
);

struct OrdersExported {
    std::vector<OrderShown> orders;  // handed over
    std::vector<OrderShown> held;    // suspensions that a rule holds back
};
struct ExportOrders {
    std::optional<account::OrderKind> kind = {};
    bool again = false;  // those that were handed over before and are not decided, too
    bool dry_run = false;
    // Runs inside the transaction, last: what it cannot deliver is not handed over.
    std::function<void(const OrdersExported&)> deliver = {};
};
// Hands pending orders to the field. A suspension is judged at this moment, not as it was when it
// was made.
[[nodiscard]] OrdersExported export_orders(
    Store& store,
    const ExportOrders& request,
    const Prepay& prepay,
    const RulePacks& packs,
    const Actor& actor,
    const Clock& clock
);

// Orders waiting for what the night brings: activations whose first usage has come. Gives how many
// went on.
[[nodiscard]] std::int64_t
process_orders(Store& store, const Prepay& prepay, const std::string& actor, Instant now);

}  // namespace usagectl::app
