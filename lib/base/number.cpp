// SPDX-License-Identifier: MIT
#include "base/number.hpp"

#include <array>
#include <limits>

#include "base/assert.hpp"

namespace usagectl {
namespace {

constexpr int max_digits = 18;  // significant ones; 10^18 - 1 fits an int64 with room to round

constexpr std::array<std::int64_t, max_digits + 1> power_of_ten = [] {
    std::array<std::int64_t, max_digits + 1> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The digits of a decimal as one whole number, and how many of them stood behind the point.
struct Digits {
    std::int64_t value = 0;
    std::int64_t behind_point = 0;
};

std::optional<Digits> read_digits(std::string_view text) {
    Digits digits;
    bool any = false;
    bool point = false;
    int significant = 0;
    for (const char c : text) {
        if (is_digit(c)) {
            if ((significant != 0 || c != '0') && ++significant > max_digits)
                return std::nullopt;
            digits.value = digits.value * 10 + (c - '0');
            digits.behind_point += point ? 1 : 0;
            any = true;
        } else if (c == '.' && !point) {
            point = true;
        } else {
            return std::nullopt;
        }
    }
    if (!any)
        return std::nullopt;
    return digits;
}

// value / 10^places, a tie going to the even neighbour. `value` is not negative.
Scaled divide_half_even(std::int64_t value, std::int64_t places) {
    // More than 18 places: less than half of one, as value < 10^18.
    if (places > max_digits)
        return {0, value != 0};
    const std::int64_t divisor = power_of_ten[static_cast<std::size_t>(places)];
    std::int64_t quotient = value / divisor;
    const std::int64_t rest = value % divisor;
    const std::int64_t half = divisor / 2;  // exact: divisor is 1 (rest 0) or even
    if (rest > half || (rest == half && rest != 0 && quotient % 2 != 0))
        ++quotient;
    return {quotient, rest != 0};
}

bool take_minus(std::string_view& text) {
    if (text.empty() || text.front() != '-')
        return false;
    text.remove_prefix(1);
    return true;
}

}  // namespace

std::optional<std::int64_t>
parse_integer(std::string_view text, std::int64_t low, std::int64_t high) {
    const bool negative = take_minus(text);
    if (text.empty())
        return std::nullopt;
    std::int64_t value = 0;
    // Built downwards, since the lowest int64 has no positive counterpart.
    for (const char c : text) {
        if (!is_digit(c))
            return std::nullopt;
        if (__builtin_mul_overflow(value, 10, &value))
            return std::nullopt;
        if (__builtin_sub_overflow(value, c - '0', &value))
            return std::nullopt;
    }
    if (!negative) {
        if (value == std::numeric_limits<std::int64_t>::min())
            return std::nullopt;
        value = -value;
    }
    if (value < low || value > high)
        return std::nullopt;
    return value;
}

std::optional<Scaled> parse_scaled(std::string_view text, int scale) {
    USAGECTL_ASSERT(scale >= 0 && scale <= max_digits);
    const bool negative = take_minus(text);
    const std::optional<Digits> digits = read_digits(text);
    if (!digits)
        return std::nullopt;

    const std::int64_t shift = scale - digits->behind_point;
    Scaled scaled{digits->value, false};
    if (shift < 0) {
        scaled = divide_half_even(digits->value, -shift);
    } else if (__builtin_mul_overflow(
                   digits->value, power_of_ten[static_cast<std::size_t>(shift)], &scaled.value
               )) {
        return std::nullopt;
    }
    if (negative)
        scaled.value = -scaled.value;
    return scaled;
}

}  // namespace usagectl
