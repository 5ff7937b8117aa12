// SPDX-License-Identifier: MIT
// Days whose charges the legacy system is still to be told of, kept as steps of their nights: a day
// is told once when it is charged, and as a whole again when what it does not bill itself changes.
#pragma once

#include "app/nightly.hpp"

namespace usagectl::app {

class ExportDays {
public:
    ExportDays(Store& store, const NightlyRequest& request, Instant now)
        : store_(store)
        , request_(request)
        , now_(now) {}

    // The day is to be told (again). Within the transaction that changes it, so that a run that is
    // killed leaves it to the next.
    void again(LocalDay day);
    // Tells of the night's day, and of earlier ones that are still to be told; gives how many those
    // were. `transact` keeps what was done, a day at a time; `between` may throw. Errors: those of
    // the request's export; the day, and those behind it, are still to be told then.
    Result<std::int64_t>
    tell(LocalDay last, const Transact& transact, const std::function<void()>& between);

private:
    [[nodiscard]] NightlyStep step_of(LocalDay day) const;
    Result<void> tell_day(LocalDay day, const Transact& transact);

    Store& store_;
    const NightlyRequest& request_;
    Instant now_;
};

}  // namespace usagectl::app
