// SPDX-License-Identifier: MIT
// A rule pack: what a jurisdiction asks before the power of a prepaying customer may be cut, as one
// file says it. A pack holds all its versions: a rule that the law changed ends on a day, and the
// one that takes its place begins on the next.
//
// Figures are the law's, never the program's: each rule carries where it stands (`citation`) and
// how sure whoever wrote the pack was of it (`mark`).
#pragma once

#include <bitset>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/month_day.hpp"

namespace usagectl::rules {

// Read in the law itself, read somewhere that speaks of it, or remembered.
enum class Mark : std::uint8_t { verified, secondary, unsure };

// What an emergency is for. One entered as `any` counts for every rule about weather.
enum class Weather : std::uint8_t { cold, heat, any };

// Sets of days of the week, Monday first, and of customers, in the order of `Protection`.
using Weekdays = std::bitset<7>;
enum class Protection : std::uint8_t { critical_care, chronic_condition, medical };
inline constexpr std::size_t protections = 3;
using Protections = std::bitset<protections>;

// What an account may ask for at most before power is connected: amounts in the pack's currency.
struct ConnectionBalance {
    Money at_most;
};
// The highest balance below which an account may be suspended.
struct DisconnectionBalance {
    Money at_most;
};
// The warning was given at least `least` and not more than `most` whole local days before.
struct WarningDays {
    int least = 0;
    int most = 0;
};
struct NoSuspensionOn {
    Weekdays weekdays;
    bool holidays = false;
    bool before_holiday = false;  // on the day before one
};
// Minutes of the local day, both inclusive, 0 to 1439.
struct Hours {
    int earliest = 0;
    int latest = 0;
};
// An emergency of the account's county counts on its own day and so many days after it.
struct ExtremeWeather {
    Weather weather = Weather::any;
    int lookback_days = 0;
};
struct ProtectedCustomer {
    Protections protections;
};
struct ReconnectWithin {
    std::chrono::minutes minutes{};
};
// A customer may ask for a summary of so many months.
struct SummaryMonths {
    int months = 0;
};
// No suspension while payments cannot be taken.
struct PaymentsOpen {};

using Figures = std::variant<
    ConnectionBalance,
    DisconnectionBalance,
    WarningDays,
    NoSuspensionOn,
    Hours,
    ExtremeWeather,
    ProtectedCustomer,
    ReconnectWithin,
    SummaryMonths,
    PaymentsOpen>;

struct Rule {
    std::string id;  // snake_case; the same for all versions of a rule
    Figures figures;
    std::string citation;
    Mark mark = Mark::unsure;
    std::string text;                 // one sentence for whoever speaks with the customer
    bool residential = false;         // for residential customers only
    std::optional<LocalDay> from{};   // first day it holds; none: since the pack does
    std::optional<LocalDay> until{};  // last day; none: no end is known
};

// A day that is a holiday, in one of three ways; `after_days` moves it: the day after Thanksgiving.
struct Holiday {
    struct Nth {
        unsigned month = 1;
        unsigned weekday = 0;  // 0 Monday to 6 Sunday
        int nth = 1;           // 1 to 4; -1: the last of the month
    };
    std::string name;
    std::variant<LocalDay, MonthDay, Nth> when;
    int after_days = 0;
    // On a Saturday the Friday before is a holiday as well, on a Sunday the Monday after.
    bool observed = false;
};

struct Pack {
    std::string name;
    std::string title;
    std::string jurisdiction;         // the state, two letters
    std::string currency;             // ISO 4217
    std::string citation;             // of the whole
    LocalDay effective{};             // first day it holds
    std::optional<LocalDay> until{};  // last day; none: no end is known
    // Of the jurisdiction, and what stands beside them, as independent cities do; empty: not told.
    std::vector<std::string> counties;
    std::vector<Holiday> holidays;
    std::vector<Rule> rules;  // in the order of the file
};

// "connection_balance_at_most", "warning_days", ...: the kind as a pack writes it.
[[nodiscard]] std::string_view kind_of(const Rule& rule);
[[nodiscard]] std::string_view to_string(Mark mark);              // "verified", ...
[[nodiscard]] std::string_view to_string(Weather weather);        // "cold", ...
[[nodiscard]] std::string_view to_string(Protection protection);  // "critical_care", ...
[[nodiscard]] std::optional<Mark> parse_mark(std::string_view text);
[[nodiscard]] std::optional<Weather> parse_weather(std::string_view text);
// The figures in words: "at most 75.00 USD", "1 to 7 days before", "sat, sun".
[[nodiscard]] std::string figures_text(const Pack& pack, const Rule& rule);

[[nodiscard]] bool in_force(const Pack& pack, LocalDay day);
[[nodiscard]] bool in_force(const Rule& rule, LocalDay day);

}  // namespace usagectl::rules
