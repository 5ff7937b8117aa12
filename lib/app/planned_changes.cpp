// SPDX-License-Identifier: MIT
#include "app/planned_changes.hpp"

#include "app/account_service.hpp"

namespace usagectl::app {

std::vector<ChargeTally::Problem>
take_over_planned(Store& store, const Prepay& prepay, const TakingOver& how) {
    std::vector<ChargeTally::Problem> problems;
    for (const auto account : store.nightly().changing()) {
        how.pause();
        // An account stays among the changing ones for good: its older days keep their periods.
        const auto standing = store.accounts().standing(account);
        if (!service_is_due(store, standing, zone_of(standing, prepay).day_of(how.now)))
            continue;
        how.transact([&] {
            const auto id = store.accounts().find(account)->account.id;
            auto change = AccountChange::begin(store, id, prepay, how.actor, how.now);
            if (!change)
                throw Failure(change.error());
            if (const auto taken = take_over_service(*change, store); !taken) {
                problems.push_back({account, taken.error()});
                return;
            }
            if (const auto finished = change->finish(); !finished)
                throw Failure(finished.error());
        });
    }
    return problems;
}

}  // namespace usagectl::app
