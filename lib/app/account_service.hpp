// SPDX-License-Identifier: MIT
// The change of what an account is charged by, or of its meter, from a day on.
#pragma once

#include "app/account_settings.hpp"

namespace usagectl::app {

struct ServiceChanged {
    LocalDay from{};
    bool ahead = false;  // the nightly process changes over when it comes to that day
};

// Adds a service period, known from now on, and its events. `tax_exempt`: whether every exemption
// is held; none: as before. The standing takes it over at once where no day to be charged lies
// before it, else it is `changing` and each day is charged by its own period. None when nothing
// changes. Errors: as set_account().
[[nodiscard]] Result<std::optional<ServiceChanged>> change_service(
    AccountChange& change,
    Store& store,
    const ServiceAsked& asked,
    std::optional<bool> tax_exempt,
    const Prepay& prepay
);

}  // namespace usagectl::app
