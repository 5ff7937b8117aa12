// SPDX-License-Identifier: MIT
// Money and prices, exact: whole numbers of a small part of the currency unit, products in 128
// bits, and one named rule for what is rounded away. The currency is the business of whoever holds
// them.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace usagectl {

__extension__ using Int128 = __int128;

// An amount in millionths of the currency unit. `+` and `-` assert that the result fits; sums of
// unknown length go through add().
class Money {
public:
    static constexpr std::int64_t micro_per_cent = 10'000;

    constexpr Money() = default;
    [[nodiscard]] static constexpr Money from_micro(std::int64_t micro) { return Money(micro); }
    [[nodiscard]] static Money from_cents(std::int64_t cents);
    [[nodiscard]] constexpr std::int64_t micro() const { return micro_; }
    constexpr auto operator<=>(const Money&) const = default;

private:
    constexpr explicit Money(std::int64_t micro)
        : micro_(micro) {}
    std::int64_t micro_ = 0;
};

[[nodiscard]] std::optional<Money> add(Money left, Money right);  // none: does not fit
[[nodiscard]] Money operator+(Money left, Money right);
[[nodiscard]] Money operator-(Money left, Money right);
[[nodiscard]] Money operator-(Money money);

// A price in 10^-9 currency units per kWh, day or piece; also a percentage, in 10^-9 percent.
class Rate {
public:
    constexpr Rate() = default;
    [[nodiscard]] static constexpr Rate from_nano(std::int64_t nano) { return Rate(nano); }
    [[nodiscard]] constexpr std::int64_t nano() const { return nano_; }
    constexpr auto operator<=>(const Rate&) const = default;

private:
    constexpr explicit Rate(std::int64_t nano)
        : nano_(nano) {}
    std::int64_t nano_ = 0;
};

enum class Sign : std::uint8_t { refused, allowed };

// `12`, `12.3`, `12.34`: at most 12 digits before the point and `decimals` (0 to 6) behind it, a
// minus sign only where it is allowed; no exponent, blank, thousands separator or currency sign.
// Error code `malformed_amount`, exit 2.
[[nodiscard]] Result<Money>
parse_money(std::string_view text, Sign sign = Sign::refused, int decimals = 2);
// The same with at most 6 digits before the point and 9 behind it. Error code `malformed_rate`.
[[nodiscard]] Result<Rate> parse_rate(std::string_view text, Sign sign = Sign::refused);

// Two digits behind the point, or as many more as it takes: `12.34`, `-0.085`.
[[nodiscard]] std::string format_money(Money money);
[[nodiscard]] std::string format_rate(Rate rate);

// What happens to less than a cent. Symmetric around zero, so that a credit is rounded as the
// charge it takes back: half_even and half_up differ only on exact ties, where half_up goes away
// from zero; up goes away from zero always, down towards it.
enum class Rounding : std::uint8_t { half_even, half_up, up, down };
[[nodiscard]] std::string_view to_string(Rounding rounding);  // "half-even", ...
[[nodiscard]] std::optional<Rounding> parse_rounding(std::string_view text);

// value / divisor as a whole number; `divisor` > 0.
[[nodiscard]] Int128 divide(Int128 value, Int128 divisor, Rounding rounding);

// Rounded once, to the cent. None when the result is beyond 10^9 currency units.
[[nodiscard]] std::optional<Money> price_energy(Rate per_kwh, std::int64_t wh, Rounding rounding);
[[nodiscard]] std::optional<Money> price_count(Rate each, std::int64_t count, Rounding rounding);
[[nodiscard]] std::optional<Money> price_percent(Rate percent, Money base, Rounding rounding);

}  // namespace usagectl
