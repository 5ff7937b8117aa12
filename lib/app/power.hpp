// SPDX-License-Identifier: MIT
// Whether the power is on at a meter, asked of the market under the quota of its own (SMT Support
// for Customer Balance Inquiry, 5/4/2011, section 1.5).
#pragma once

#include "app/market_request.hpp"

namespace usagectl::app {

struct PowerQuestion {
    std::string meter;
    std::string asker;
    std::optional<std::string> resume;
    std::chrono::seconds wait{60};
};

struct PowerAnswer {
    meter::Meter meter;
    MarketRequest request;  // its word is "on", "off" or "unknown" once completed
    market::Quota quota;
    bool shared = false;
    bool interrupted = false;
    std::optional<Error> ended;
};

// Errors: `meter_unknown` (3), `not_provider_of_record` (4), `read_quota_used` (4),
// `request_unknown` (3).
[[nodiscard]] Result<PowerAnswer> power_status(MarketLink& link, const PowerQuestion& question);

}  // namespace usagectl::app
