// SPDX-License-Identifier: MIT
#include "app/lock_order.hpp"

#include <algorithm>

namespace usagectl::app {

std::vector<std::string>
in_lock_order(Store& store, std::span<const ledger::AccountNumber> accounts) {
    std::vector<std::string> ids;
    ids.reserve(accounts.size());
    for (const auto number : accounts) {
        if (auto known = store.accounts().find(number))
            ids.push_back(std::move(known->account.id));
    }
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

}  // namespace usagectl::app
