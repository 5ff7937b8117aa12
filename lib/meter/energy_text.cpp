// SPDX-License-Identifier: MIT
#include "meter/energy_text.hpp"

#include <algorithm>

#include "base/number.hpp"
#include "base/text.hpp"
#include "meter/assembler.hpp"
#include "meter/line_text.hpp"

namespace usagectl::meter {
namespace {

[[nodiscard]] std::string malformed(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return is_digit(c) || c == '.' || c == '-';
    });
    const bool once = std::count(text.begin(), text.end(), '.') <= 1 &&
                      text.find('-', 1) == std::string_view::npos;
    if (plain && once && text.size() > 18)
        return "value " + quoted(text) + " has too many digits";
    return "value " + quoted(text) + " is not a number";
}

}  // namespace

EnergyText read_energy(std::string_view text, int scale) {
    const std::optional<Scaled> scaled = parse_scaled(text, scale);
    if (!scaled)
        return {0, false, malformed(text)};
    if (scaled->value < 0)
        return {0, false, std::string(reason(PutStatus::negative))};
    if (scaled->value > max_interval_wh) {
        return {0, false, std::string(reason(PutStatus::too_large))};
    }
    return {scaled->value, scaled->inexact, {}};
}

}  // namespace usagectl::meter
