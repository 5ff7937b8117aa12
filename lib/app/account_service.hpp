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
// is held; none: as before. The standing takes it over once its day has come; where days to be
// charged lie before it, it is `changing` and each day is charged by its own period. A meter that
// serves from a day on serves in periods behind it, too, that were to have the one before it. None
// when nothing changes. Errors: as set_account().
[[nodiscard]] Result<std::optional<ServiceChanged>> change_service(
    AccountChange& change,
    Store& store,
    const ServiceAsked& asked,
    std::optional<bool> tax_exempt,
    const Prepay& prepay
);

// Whether what serves the account today is not what it has: the day of a planned change has come.
[[nodiscard]] bool service_is_due(Store& store, const account::Standing& standing, LocalDay today);

// The standing takes over the period that serves today, though days before it are still to be
// charged. For the nightly process, when the day of a change that was planned has come. Errors,
// before anything is changed: those of check_next_meter().
[[nodiscard]] Result<void> take_over_service(AccountChange& change, Store& store);

// Whether the meter can come to serve the account. Errors: `timezone_differs`, `meter_taken` (4).
[[nodiscard]] Result<void>
check_next_meter(const AccountChange& change, Store& store, const meter::Meter& meter);

}  // namespace usagectl::app
