// SPDX-License-Identifier: MIT
// The serial number of a prepaid card: twelve digits, the first never 0, the last a check digit. It
// is no secret; it is what a person reads out, so a slip of the tongue must not find another card.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl::card {

class Serial {
public:
    static constexpr std::int64_t first_number = 10'000'000'000;
    static constexpr std::int64_t last_number = 99'999'999'999;

    // `number` is the serial without its check digit, within first_number and last_number.
    [[nodiscard]] static Serial of(std::int64_t number);
    // Twelve digits; blanks and hyphens between them are passed over. Error `malformed_serial` (2):
    // other characters, another length, a 0 in front, or a check digit that does not fit.
    [[nodiscard]] static Result<Serial> parse(std::string_view text);

    [[nodiscard]] std::int64_t number() const { return number_; }
    [[nodiscard]] std::string text() const;  // "100000000001"

    auto operator<=>(const Serial&) const = default;

private:
    explicit Serial(std::int64_t number)
        : number_(number) {}
    std::int64_t number_;
};

// The digit that follows decimal digits so that every wrong digit and every swap of two neighbours
// shows. Source: H. M. Damm, "Total anti-symmetrische Quasigruppen" (2004), the quasigroup of
// order 10.
[[nodiscard]] char damm_digit(std::string_view digits);

}  // namespace usagectl::card
