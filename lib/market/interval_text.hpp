// SPDX-License-Identifier: MIT
// One local day of 15-minute values in one string, as the portal's `/adhoc/intervalsynch` gives it:
// `0.123-A,0.222-E,,…`, kWh and quality, an empty token where there is no value. Not documented by
// the market; this is what clients have met (energyData[].RD).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/zone.hpp"
#include "market/market.hpp"

namespace usagectl::market {

// One value in kWh and its quality: A (actual) or E (estimated). Errors as below.
struct ReadValue {
    std::int64_t wh = 0;
    meter::Quality quality = meter::Quality::actual;
    bool rounded = false;  // finer than 1 Wh, rounded half-even
};
[[nodiscard]] Result<ReadValue> read_value(std::string_view value, std::string_view quality);

struct DayReads {
    std::vector<IntervalRead> intervals;  // ascending
    std::uint32_t blanks = 0;             // intervals of the day without a value
    std::uint32_t rounded = 0;
};

// The day has as many intervals as its clock gave it: 92, 96 or 100. Tokens lie on them like this:
//   as many tokens as intervals    one after the other (the autumn day: 100);
//   as many values as intervals    one after the other, whatever else is empty: one client of the
//                                  official service found empty tokens that stand for nothing;
//   96 tokens on the spring day    by the wall clock, the skipped hour's four empty, as the
//   market's
//                                  own CSV files have them;
//   more than intervals            one after the other when what is too much is empty and at the
//                                  end, unless a gap inside is as long, for then it might be that.
// Anything else has no sure place and is refused, as are a negative or overflowing value and a
// quality that is neither A nor E: `market_answer_malformed` (5), naming the token by number.
[[nodiscard]] Result<DayReads> read_day_text(std::string_view text, LocalDay day, const Zone& zone);

}  // namespace usagectl::market
