// SPDX-License-Identifier: MIT
// Changes of tariff or meter that were planned for a day: when it has come, they are what the
// account has.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/charge_run.hpp"
#include "app/prepay.hpp"
#include "app/store.hpp"

namespace usagectl::app {

struct TakingOver {
    std::string actor;
    Instant now{};
    std::function<void(const std::function<void()>& work)> transact;  // runs the work in one
    std::function<void()> pause;  // between two accounts; may throw to end it
};

// Every account for which the day of a change has come, in a transaction each. Those that cannot
// change over, because their next meter serves another account by now, come back as problems; days
// are charged by their own periods all the same.
[[nodiscard]] std::vector<ChargeTally::Problem>
take_over_planned(Store& store, const Prepay& prepay, const TakingOver& how);

}  // namespace usagectl::app
