// SPDX-License-Identifier: MIT
#include "app/card_locks.hpp"

#include <algorithm>

#include "base/assert.hpp"

namespace usagectl::app {

CardLocks::Count& CardLocks::at(const CardLockName& name) {
    const auto known = counts_.find(name);
    if (known != counts_.end())
        return known->second;
    return counts_[name] = {cards_.lock_count(name.scope, name.name, false), false};
}

bool CardLocks::closed(const std::vector<CardLockName>& names) {
    bool any = false;
    // All of them, whatever the first says: it must not show which it was.
    for (const auto& name : names)
        any = at(name).count.locked(now_) || any;
    return any;
}

void CardLocks::hold(std::vector<CardLockName> names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const auto& name : names)
        counts_[name] = {cards_.lock_count(name.scope, name.name, true), true};
}

void CardLocks::count(const std::vector<CardLockName>& names) {
    for (const auto& name : names) {
        auto& count = at(name);
        USAGECTL_ASSERT(count.held);
        count.count = card::one_more(count.count, rules_.of(name.scope), now_);
    }
}

void CardLocks::save() {
    for (const auto& [name, count] : counts_) {
        if (count.held)
            cards_.save(name.scope, name.name, count.count);
    }
}

}  // namespace usagectl::app
