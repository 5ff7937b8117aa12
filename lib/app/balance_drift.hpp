// SPDX-License-Identifier: MIT
// Customers who were told a figure that later data proved wrong.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "app/balance.hpp"

namespace usagectl::app {

struct QuoteDrift {
    std::string account;
    std::string quoted_id;
    Money told;
    Money now;  // of the same time, by what is known now
    Instant quoted_at{};
    std::string asked_by;

    [[nodiscard]] Money difference() const { return now - told; }
};

struct DriftQuestion {
    DaySpan days;     // local days the figures were told on
    Money more_than;  // differences up to this one are left out
    Instant now{};
    std::string asker;  // quotes of other providers' customers are left out
};

struct DriftTally {
    std::int64_t quotes = 0;   // looked at
    std::int64_t wrong = 0;    // handed to `visit`
    std::int64_t unknown = 0;  // that cannot be worked out again, such as for want of a tariff
};

// Works every quote out again, by day, account and place, and hands those that differ to `visit`.
// Reads a page of quotes at a time. Inside a transaction.
DriftTally find_quote_drift(
    Store& store,
    const DriftQuestion& question,
    const Prepay& prepay,
    const std::function<void(const QuoteDrift&)>& visit
);

}  // namespace usagectl::app
