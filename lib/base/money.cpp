// SPDX-License-Identifier: MIT
#include "base/money.hpp"

#include "base/assert.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "base/words.hpp"

namespace usagectl {

namespace {

constexpr int money_scale = 6;
constexpr int rate_scale = 9;
constexpr int money_digits = 12;  // before the point
constexpr int rate_digits = 6;
constexpr Int128 largest_cents = 100'000'000'000;

constexpr Words<Rounding::down> roundings{"half-even", "half-up", "up", "down"};

std::size_t count_digits(std::string_view text) {
    const auto end = text.find_first_not_of("0123456789");
    return end == std::string_view::npos ? text.size() : end;
}

struct Shape {
    Sign sign = Sign::refused;
    int whole = 0;     // digits before the point, at most
    int decimals = 0;  // behind it, at most
};

// [-]digits[.digits] and nothing else: parse_scaled() takes more than people may write.
bool well_formed(std::string_view text, const Shape& shape) {
    if (shape.sign == Sign::allowed && !text.empty() && text.front() == '-')
        text.remove_prefix(1);
    const auto whole = count_digits(text);
    if (whole == 0 || whole > static_cast<std::size_t>(shape.whole))
        return false;
    if (whole == text.size())
        return true;
    if (text[whole] != '.')
        return false;
    text.remove_prefix(whole + 1);
    return !text.empty() && text.size() <= static_cast<std::size_t>(shape.decimals) &&
           count_digits(text) == text.size();
}

std::string format_scaled(std::int64_t value, int scale) {
    const bool negative = value < 0;
    const auto size =
        negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    auto digits = std::to_string(size);
    const auto behind = static_cast<std::size_t>(scale);
    if (digits.size() <= behind)
        digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
    const auto shortest = digits.size() - behind + 2;
    while (digits.size() > shortest && digits.back() == '0')
        digits.pop_back();
    return (negative ? "-" : "") + digits;
}

std::optional<Money> from_wide_cents(Int128 cents) {
    if (cents > largest_cents || cents < -largest_cents)
        return std::nullopt;
    return Money::from_cents(static_cast<std::int64_t>(cents));
}

}  // namespace

Money Money::from_cents(std::int64_t cents) {
    std::int64_t micro = 0;
    USAGECTL_ASSERT(!__builtin_mul_overflow(cents, micro_per_cent, &micro));
    return Money(micro);
}

std::optional<Money> add(Money left, Money right) {
    std::int64_t micro = 0;
    if (__builtin_add_overflow(left.micro(), right.micro(), &micro))
        return std::nullopt;
    return Money::from_micro(micro);
}

Money operator+(Money left, Money right) {
    const auto sum = add(left, right);
    USAGECTL_ASSERT(sum.has_value());
    return *sum;
}

Money operator-(Money left, Money right) {
    std::int64_t micro = 0;
    USAGECTL_ASSERT(!__builtin_sub_overflow(left.micro(), right.micro(), &micro));
    return Money::from_micro(micro);
}

Money operator-(Money money) {
    return Money() - money;
}

Result<Money> parse_money(std::string_view text, Sign sign, int decimals) {
    USAGECTL_ASSERT(decimals >= 0 && decimals <= money_scale);
    const auto scaled = well_formed(text, {sign, money_digits, decimals})
                            ? parse_scaled(text, money_scale)
                            : std::nullopt;
    if (!scaled) {
        return refuse(
            Exit::usage,
            "malformed_amount",
            quoted(text) + " is not an amount of money",
            "digits, a point and at most " + std::to_string(decimals) + " more: 12.34"
        );
    }
    return Money::from_micro(scaled->value);
}

Result<Rate> parse_rate(std::string_view text, Sign sign) {
    const auto scaled = well_formed(text, {sign, rate_digits, rate_scale})
                            ? parse_scaled(text, rate_scale)
                            : std::nullopt;
    if (!scaled) {
        return refuse(
            Exit::usage,
            "malformed_rate",
            quoted(text) + " is not a price",
            "at most 6 digits, a point and at most 9 more: 0.0891"
        );
    }
    return Rate::from_nano(scaled->value);
}

std::string format_money(Money money) {
    return format_scaled(money.micro(), money_scale);
}

std::string format_rate(Rate rate) {
    return format_scaled(rate.nano(), rate_scale);
}

std::string_view to_string(Rounding rounding) {
    return roundings.word(rounding);
}

std::optional<Rounding> parse_rounding(std::string_view text) {
    return roundings.parse(text);
}

Int128 divide(Int128 value, Int128 divisor, Rounding rounding) {
    USAGECTL_ASSERT(divisor > 0);
    const Int128 quotient = value / divisor;  // towards zero
    const Int128 rest = value % divisor < 0 ? -(value % divisor) : value % divisor;
    if (rest == 0)
        return quotient;
    const Int128 other_side = divisor - rest;
    bool away = false;
    switch (rounding) {
    case Rounding::half_even:
        away = rest > other_side || (rest == other_side && quotient % 2 != 0);
        break;
    case Rounding::half_up:
        away = rest >= other_side;
        break;
    case Rounding::up:
        away = true;
        break;
    case Rounding::down:
        break;
    }
    if (!away)
        return quotient;
    return quotient + (value < 0 ? -1 : 1);
}

// 10^-9 units per kWh times Wh is 10^-12 units; a cent is 10^10 of those.
std::optional<Money> price_energy(Rate per_kwh, std::int64_t wh, Rounding rounding) {
    return from_wide_cents(divide(Int128{per_kwh.nano()} * wh, Int128{10'000'000'000}, rounding));
}

std::optional<Money> price_count(Rate each, std::int64_t count, Rounding rounding) {
    return from_wide_cents(divide(Int128{each.nano()} * count, Int128{10'000'000}, rounding));
}

// 10^-9 percent times 10^-6 units is 10^-17 units; a cent is 10^15 of those.
std::optional<Money> price_percent(Rate percent, Money base, Rounding rounding) {
    return from_wide_cents(
        divide(Int128{percent.nano()} * base.micro(), Int128{1'000'000'000'000'000}, rounding)
    );
}

}  // namespace usagectl
