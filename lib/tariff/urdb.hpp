// SPDX-License-Identifier: MIT
// A rate of the U.S. Utility Rate Database (openei.org, layout version 8) as a tariff file. Only
// what has an exact meaning here is carried over; the rest is listed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace usagectl::tariff {

// Numbers are decimals as the file writes them.
struct UrdbTier {
    std::optional<std::string> rate;  // per kWh
    std::optional<std::string> adj;   // added to the rate
    std::optional<std::string> sell;  // credit for a kWh fed in
    std::optional<std::string> max;   // kWh of the billing cycle, unless `unit` says otherwise
    std::string unit;                 // empty: kWh
};

// The period (an index of energyratestructure) of every hour, by month.
using UrdbHours = std::array<std::array<std::size_t, 24>, 12>;

struct UrdbRate {
    std::string name;
    std::string label;
    std::string utility;
    std::optional<std::int64_t> startdate;  // unix seconds
    std::vector<std::vector<UrdbTier>> energy;
    std::optional<UrdbHours> weekday;
    std::optional<UrdbHours> weekend;
    std::optional<std::string> fixed;  // fixedchargefirstmeter
    std::string fixed_unit;            // $/day, $/month, $/year
    std::optional<std::string> minimum;
    std::string minimum_unit;
};

struct LeftOut {
    std::string field;
    std::string reason;  // lower case, no full stop
};

struct UrdbTariff {
    std::string toml;  // one that read_tariff takes
    std::vector<LeftOut> left_out;
};

// Error code `urdb_malformed`, exit 6: no energy prices, or hours that name none of them.
[[nodiscard]] Result<UrdbTariff> convert_urdb(const UrdbRate& rate);

// A decimal in plain digits: "6.1e-05" is "0.000061". None when it is no number, or beyond
// 10^18 or 10^-18.
[[nodiscard]] std::optional<std::string> plain_decimal(std::string_view text);

}  // namespace usagectl::tariff
