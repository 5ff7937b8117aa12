// SPDX-License-Identifier: MIT
// Answers with intervals. Known for sure is one shape, of the portal's `/adhoc/intervalsynch` and,
// as one client reads it, of the official `/15minintervalreads/`: an `esiid` and a list
// `energyData` of days {DT, RevTS, RT, RD}, RD as in market/interval_text.hpp. The official guide
// is not public; so rows {readDate, startTime and endTime, or time, or interval, value, quality}
// are understood as well, wherever they lie, one meter or a list of them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "net/market_status.hpp"

namespace usagectl::net {

struct AskedIntervals {
    std::span<const std::string> esi_ids;
    LocalDay first{};
    LocalDay last{};  // inclusive
};

// By meter, then channel, each ascending; a meter without a value is left out, and so are days that
// were not asked for. Of several revisions of a day the newest counts. An interval given twice with
// one value is counted, with two is `market_answer_malformed` (5); any value for a meter not asked
// for is `market_answer_foreign` (5). No data is an empty list.
[[nodiscard]] market::Outcome<std::vector<market::MeterReads>>
read_intervals_answer(const Json& answer, const AskedIntervals& asked, const Reading& reading);

}  // namespace usagectl::net
