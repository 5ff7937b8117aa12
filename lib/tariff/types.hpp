// SPDX-License-Identifier: MIT
// A tariff: what a utility or a retail provider charges, as one version of its file says it.
//
// A component is one thing that is charged for, under its own name. Energy is charged in the period
// of the day that holds when an interval begins: a schedule cuts the local day into periods, by
// season and by day of week or holiday. A tariff without a schedule has one period, all day.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "base/month_day.hpp"

namespace usagectl::tariff {

// The local clock in steps of five minutes: the shortest interval, and the finest a period is cut.
inline constexpr std::size_t slots_a_day = 288;
// Sets of components, periods and seasons are kept in 64 bits.
inline constexpr std::size_t most_components = 64;
inline constexpr std::size_t most_periods = 64;
inline constexpr std::size_t most_seasons = 64;
inline constexpr std::size_t most_tiers = 64;
using Bits = std::uint64_t;

// Monday to Sunday, then a holiday, whatever day of the week it falls on.
inline constexpr std::size_t holiday_type = 7;
inline constexpr std::size_t day_types = 8;
using DayTypes = std::bitset<day_types>;

// Both ends inclusive; the end may lie in the next year.
struct Season {
    std::string name;
    MonthDay from;
    MonthDay to;
};

// Which period each slot of the local day belongs to, on some types of day in some seasons.
struct Schedule {
    Bits seasons = ~Bits{0};
    DayTypes days;
    std::array<std::uint8_t, slots_a_day> period{};
};

struct Holidays {
    std::vector<LocalDay> dates;   // of one year
    std::vector<MonthDay> yearly;  // the same date in every year
};

enum class Kind : std::uint8_t {
    energy,
    delivery,    // the TDSP's, passed through
    pca,         // power cost adjustment, also PCRF: an estimate now, trued up later
    fixed,       // every day of service
    option,      // every day it is held: surge protection, security light
    generation,  // a credit for energy fed in (channel 1)
    minimum,     // what is short of a least charge for the day
    fee,         // once for each event: setup, reconnect, notification
    tax,
};

enum class Basis : std::uint8_t { per_kwh, per_day, each, percent };

// The part of the billing cycle's usage below `below_wh` and not below that of the tier before.
struct Tier {
    std::int64_t below_wh = std::numeric_limits<std::int64_t>::max();
    Rate rate;
};

struct Component {
    std::string name;
    Kind kind = Kind::energy;
    Basis basis = Basis::per_kwh;
    std::string jurisdiction;  // who imposes or regulates it; may be empty
    std::vector<Tier> tiers;   // per_kwh: at least one; otherwise one that holds the rate
    Bits periods = ~Bits{0};   // in which it is charged
    Bits seasons = ~Bits{0};
    Bits on = 0;                          // minimum and tax: the components counted
    std::vector<std::string> exemptions;  // tax: held by an account, any of them lifts it
    std::string event;                    // fee: setup, reconnect or notification
    std::string method;                   // fee for a notification: sms, voice, ...; may be empty

    [[nodiscard]] Rate rate() const { return tiers.front().rate; }
};

struct Tariff {
    std::string name;
    std::string title;
    LocalDay effective{};
    std::string currency;  // ISO 4217
    Rounding rounding = Rounding::half_even;
    std::vector<std::string> periods;  // at least one; unnamed without a schedule
    std::vector<Season> seasons;       // at least one; unnamed when the file has none
    Holidays holidays;
    std::vector<Schedule> schedules;  // each season and type of day is in exactly one
    std::vector<Component> components;
};

[[nodiscard]] std::string_view to_string(Kind kind);    // "energy", ...
[[nodiscard]] std::string_view to_string(Basis basis);  // "kWh", "day", "each", "percent"

// The day's place among the 366 of a leap year, from 0.
[[nodiscard]] std::size_t day_of_leap_year(MonthDay day);
// Which type a day that is no holiday has: 0 Monday to 6 Sunday.
[[nodiscard]] std::size_t weekday_type(LocalDay day);
[[nodiscard]] bool is_holiday(const Holidays& holidays, LocalDay day);

[[nodiscard]] bool contains(const Season& season, MonthDay day);

}  // namespace usagectl::tariff
