// SPDX-License-Identifier: MIT
// How the market writes dates, and what of its words may be shown to people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/zone.hpp"

namespace usagectl::net {

// `04/21/2020`, also behind it a time, which is left unread; `2020-04-21` as well. Empty when it is
// no date.
[[nodiscard]] std::optional<LocalDay> market_day(std::string_view text);
[[nodiscard]] std::string market_day_text(LocalDay day);  // "04/21/2020"

// `08/15/2020 14:07:40`, local to the zone; seconds may be missing. An hour the clock repeats is
// the later one, unless that is in the future: the market says what was, a moment ago as a rule. An
// hour the clock skips is read as standard time. Empty when it is no date and time.
[[nodiscard]] std::optional<Instant>
market_instant(std::string_view text, const Zone& zone, Instant now);

// `HH:MM`, `HH:MM:SS` or `HH:MM` behind a date, in minutes after midnight; 24:00 is 1440.
[[nodiscard]] std::optional<std::int32_t> market_minutes(std::string_view text);

// Words of a stranger, fit to be printed and stored: printable ASCII, others as `?`, cut after 160.
[[nodiscard]] std::string shown_words(std::string_view text);

}  // namespace usagectl::net
