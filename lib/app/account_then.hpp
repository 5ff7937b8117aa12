// SPDX-License-Identifier: MIT
// An account as it stood at one time, as far as it was known at another. What is asked for now is
// read from the standing; what is asked for later is put together again from entries, events and
// periods of service, none of which ever change, and comes out the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/account_change.hpp"
#include "app/meter_line.hpp"

namespace usagectl::app {

// `as_of`: what holds by then counts; `known_at`: of that, what was known by then.
struct Moment {
    Instant as_of{};
    Instant known_at{};
};

struct AccountThen {
    KnownAccount known;  // as it is today, but for its name
    const Zone* zone = nullptr;
    Moment moment;
    bool current = false;  // nothing of the account became known after the moment
    account::Status status = account::Status::pending;
    Money posted;         // the entries that hold
    Money disconnection;  // the balance at which service ends
    // Ascending by day and place; at least the last four weeks that were charged, and the billing
    // cycle.
    std::vector<ledger::Entry> entries;
    std::optional<LocalDay> charged_through;  // none: nothing is charged yet
    std::int64_t cycle_day = 1;
    LocalDay cycle_start{};
    std::int64_t cycle_wh = 0;  // charged for in the billing cycle of that start

    struct Service {
        std::optional<std::int64_t> meter;
        std::int64_t profile = 0;
    };
    [[nodiscard]] Service service_on(LocalDay day) const;
    // None where no meter serves.
    [[nodiscard]] std::optional<MeterLine> meters_on(LocalDay day) const;

    account::Standing standing;          // of today
    std::vector<ServicePeriod> periods;  // where today's standing does not tell
};

// When an entry counts from: its own time, or when it became known where a clock that was ahead had
// it begin even later.
[[nodiscard]] Instant holds_from(const ledger::Entry& entry);

// Inside a transaction. Error `account_unknown` (3: also when it was made later than known_at).
[[nodiscard]] Result<AccountThen>
account_then(Store& store, std::string_view account_id, const Moment& moment, const Prepay& prepay);

}  // namespace usagectl::app
