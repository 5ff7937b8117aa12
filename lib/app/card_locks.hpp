// SPDX-License-Identifier: MIT
// The counts of refusals that bear on the attempts of one transaction: read once, counted in
// memory, written once.
#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

#include "app/card_store.hpp"

namespace usagectl::app {

// One count: a serial number, an account, a channel, or "" for all of them together.
struct CardLockName {
    card::LockScope scope = card::LockScope::global;
    std::string name;
    auto operator<=>(const CardLockName&) const = default;
};

class CardLocks {
public:
    CardLocks(CardStore& cards, const card::LockRules& rules, Instant now)
        : cards_(cards)
        , rules_(rules)
        , now_(now) {}

    // Whether one of them is closed.
    [[nodiscard]] bool closed(const std::vector<CardLockName>& names);
    // Holds these against other writers until the transaction ends, and looks again. Asked once,
    // with all that will be counted: they come in one order, that of scope and name, so that no two
    // transactions wait for each other in a circle.
    void hold(std::vector<CardLockName> names);
    // One more refusal under each; all of them must be held.
    void count(const std::vector<CardLockName>& names);
    // Writes all that is held, changed or not: a lock that is closed must not show in how long a
    // refusal takes.
    void save();

private:
    struct Count {
        card::LockCount count;
        bool held = false;
    };
    [[nodiscard]] Count& at(const CardLockName& name);

    CardStore& cards_;
    const card::LockRules& rules_;
    Instant now_;
    std::map<CardLockName, Count> counts_;
};

}  // namespace usagectl::app
