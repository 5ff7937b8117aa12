// SPDX-License-Identifier: MIT
// Answers about one meter: the ticket of an accepted request, how a read stands, whether the power
// is on. Both services' names for the fields are understood; what they lack is refused by name.
#pragma once

#include <string_view>

#include "base/zone.hpp"
#include "market/market.hpp"
#include "net/market_json.hpp"

namespace usagectl::net {

// Who reads an answer, and when: for messages and for dates.
struct Reading {
    std::string_view market;
    const Zone& zone;
    Instant now{};
};

// The answer to a request for a read. Errors: `read_quota_used`, `market_refused`,
// `market_login_refused` (4), not done; `market_answer_malformed` (5), which may have been done.
[[nodiscard]] market::Outcome<market::Ticket>
read_ticket(const Json& answer, const Reading& reading);

// The answer to "how does it stand". A completed read has a register in whole Wh and a time, or is
// `market_answer_malformed` (5). A pending one has neither: the official service fills both with
// zero and the time of the request. Answers for another meter or request are
// `market_answer_foreign` (5).
[[nodiscard]] market::Outcome<market::ReadStatus> read_status_answer(
    const Json& answer,
    const market::Subject& subject,
    const market::Ticket& ticket,
    const Reading& reading
);

// No public text shows such an answer; this takes the words a power status is likely to have. One
// that has none of them is `market_answer_malformed` (5).
[[nodiscard]] market::Outcome<market::PowerStatus>
read_power_answer(const Json& answer, const market::Subject& subject, const Reading& reading);

// The number of one meter in the portal's list of the user's meters; `market_refused` (4) when it
// is not there.
[[nodiscard]] market::Outcome<std::string>
read_meter_number(const Json& answer, const std::string& esi_id, const Reading& reading);

// An ESI ID as an answer writes it, without blanks and a spreadsheet's apostrophe.
[[nodiscard]] std::string_view bare_esi_id(std::string_view text);
[[nodiscard]] tl::unexpected<market::Failed>
foreign_answer(std::string_view market, std::string_view what);

}  // namespace usagectl::net
