// SPDX-License-Identifier: MIT
#include "card/serial.hpp"

#include <array>

#include "base/assert.hpp"
#include "base/number.hpp"

namespace usagectl::card {

namespace {

constexpr std::size_t length = 12;

// Row: what has come of the digits so far; column: the next digit. Totally anti-symmetric, with
// zeros on the diagonal: a number with its check digit comes to 0.
constexpr std::array<std::string_view, 10> quasigroup{
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
};

char damm(std::string_view digits) {
    char state = '0';
    for (const char digit : digits)
        state = quasigroup.at(static_cast<std::size_t>(state - '0'))
                    .at(static_cast<std::size_t>(digit - '0'));
    return state;
}

tl::unexpected<Error> malformed(std::string message) {
    return refuse(
        Exit::usage,
        "malformed_serial",
        std::move(message),
        "a serial number is the 12 digits printed on the card, such as " +
            Serial::of(Serial::first_number).text()
    );
}

}  // namespace

char damm_digit(std::string_view digits) {
    return damm(digits);
}

Serial Serial::of(std::int64_t number) {
    USAGECTL_ASSERT(number >= first_number && number <= last_number);
    return Serial(number);
}

Result<Serial> Serial::parse(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (c == ' ' || c == '-')
            continue;
        if (c < '0' || c > '9')
            return malformed("a serial number has nothing but digits");
        digits += c;
        if (digits.size() > length)
            break;
    }
    if (digits.size() != length) {
        return malformed("a serial number has " + std::to_string(length) + " digits");
    }
    const auto number =
        parse_integer(std::string_view(digits).substr(0, length - 1), first_number, last_number);
    if (!number)
        return malformed("a serial number does not begin with 0");
    if (damm(digits) != '0')
        return malformed("the serial number is mistyped: its last digit does not fit the others");
    return Serial(*number);
}

std::string Serial::text() const {
    auto digits = std::to_string(number_);
    digits += damm(digits);
    return digits;
}

}  // namespace usagectl::card
