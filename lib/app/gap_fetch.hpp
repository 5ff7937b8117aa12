// SPDX-License-Identifier: MIT
// The gap, filled: asks the market for a read of the meter and files the hours it brings in the raw
// layer (SMT Support for Customer Balance Inquiry, 5/4/2011, sections 1.3 to 1.5 and 3.1.1).
#pragma once

#include "app/market_request.hpp"
#include "app/usage.hpp"

namespace usagectl::app {

struct GapFetch {
    GapQuestion question;
    std::optional<std::string> resume;  // the request to go on with, instead of a new one
    std::chrono::seconds wait{60};      // 0: ask and do not wait
};

struct GapFetched {
    GapAnswer gap;  // with what has come
    market::Quota quota;
    std::optional<MarketRequest> request;  // none: nothing was missing
    bool shared = false;  // the request is another one's, or a read no interval older than this
    bool interrupted = false;
    std::optional<Error>
        ended;  // why something is still missing, when the request did not complete
};

// Errors: those of usage_gap, `read_quota_used` (4), `request_unknown` (3), and those of the market
// when nothing was asked.
[[nodiscard]] Result<GapFetched> fetch_gap(MarketLink& link, const GapFetch& fetch);

}  // namespace usagectl::app
