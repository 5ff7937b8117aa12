// SPDX-License-Identifier: MIT
#include <limits>
#include <string>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/number.hpp"

using namespace usagectl;

namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

// A decimal written out: `digits` with a point `places` from the right.
std::string written(std::int64_t digits, int places) {
    std::string text = std::to_string(digits < 0 ? -digits : digits);
    const auto behind = static_cast<std::size_t>(places);
    if (text.size() <= behind)
        text.insert(0, behind + 1 - text.size(), '0');
    if (places > 0)
        text.insert(text.size() - behind, 1, '.');
    return digits < 0 ? "-" + text : text;
}

std::int64_t power_of_ten(int exponent) {
    std::int64_t power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

}  // namespace

TEST_CASE("a whole number is a minus sign and digits within the range, nothing else") {
    struct Row {
        std::string_view text;
        std::optional<std::int64_t> value;
    };
    const Row rows[] = {
        {"0", 0},
        {"-0", 0},
        {"007", 7},
        {"-12", -12},
        {"9223372036854775807", highest},
        {"-9223372036854775808", lowest},
        {"00000000000000000000000000001", 1},
        {"9223372036854775808", {}},
        {"-9223372036854775809", {}},
        {"99999999999999999999999999", {}},
        {"", {}},
        {"-", {}},
        {"--1", {}},
        {"+1", {}},
        {" 1", {}},
        {"1 ", {}},
        {"1.0", {}},
        {"1e3", {}},
        {"0x10", {}},
        {"1,000", {}},
        {std::string_view("1\0", 2), {}},
    };
    for (const Row& row : rows) {
        INFO(row.text);
        CHECK(parse_integer(row.text, lowest, highest) == row.value);
    }
}

TEST_CASE("a whole number out of its range is refused at the very border") {
    CHECK(parse_integer("5", 5, 10) == 5);
    CHECK(parse_integer("10", 5, 10) == 10);
    CHECK_FALSE(parse_integer("4", 5, 10));
    CHECK_FALSE(parse_integer("11", 5, 10));
    CHECK_FALSE(parse_integer("-5", 5, 10));
}

TEST_CASE("every whole number that is written comes back") {
    CHECK(rc::check("written and read", [](std::int64_t value) {
        RC_ASSERT(parse_integer(std::to_string(value), lowest, highest) == value);
    }));
}

TEST_CASE("a decimal is scaled exactly, a tie going to the even neighbour") {
    struct Row {
        std::string_view text;
        int scale;
        std::int64_t value;
        bool inexact;
    };
    const Row rows[] = {
        {".145", 3, 145, false},
        {"0.", 3, 0, false},
        {"12", 3, 12'000, false},
        {"-3.5", 3, -3'500, false},
        {"0.0005", 3, 0, true},
        {"0.0015", 3, 2, true},
        {"0.0025", 3, 2, true},
        {"0.00250000001", 3, 3, true},
        {"-0.0015", 3, -2, true},
        {"-0.0025", 3, -2, true},
        {"-0.0001", 3, 0, true},
        {"0.5", 0, 0, true},
        {"1.5", 0, 2, true},
        {"2.5000", 0, 2, true},
        {"3.000", 0, 3, false},
        {"000000000000000000000000012.5", 1, 125, false},
        {"0.000000000000000000000000001", 3, 0, true},
        {"0.000000000000000000000000000", 3, 0, false},
        {"0.999999999999999999", 0, 1, true},
        {".0999999999999999999", 0, 0, true},
        {"999999999999999999", 0, 999'999'999'999'999'999, false},
        {"9.22337203685477580", 18, 9'223'372'036'854'775'800, false},
        {"-9.22337203685477580", 18, -9'223'372'036'854'775'800, false},
        {"0", 18, 0, false},
    };
    for (const Row& row : rows) {
        INFO(row.text << " x 10^" << row.scale);
        const std::optional<Scaled> scaled = parse_scaled(row.text, row.scale);
        REQUIRE(scaled);
        CHECK(scaled->value == row.value);
        CHECK(scaled->inexact == row.inexact);
    }
}

TEST_CASE("a decimal that is malformed, too long or too large is refused") {
    for (const std::string_view text :
         {"",
          ".",
          "-",
          "-.",
          "+1",
          "1.2.3",
          "1e3",
          "1,5",
          " 1",
          "1 ",
          "nan",
          "inf",
          "--1",
          "1-",
          "1234567890123456789",
          "0.1234567890123456789",
          "1.000000000000000000"}) {
        INFO(text);
        CHECK_FALSE(parse_scaled(text, 3));
    }
    CHECK_FALSE(parse_scaled("9223372036854776", 3));
    CHECK_FALSE(parse_scaled("10", 18));
    CHECK(parse_scaled("9223372036854775.8", 3));
}

TEST_CASE("scaling a decimal differs from its true value by at most one half") {
    CHECK(rc::check("half-even", [] {
        const auto digits = *rc::gen::inRange<std::int64_t>(-999'999'999'999, 999'999'999'999);
        const int places = *rc::gen::inRange(0, 13);
        const int scale = *rc::gen::inRange(0, 6);
        const std::optional<Scaled> scaled = parse_scaled(written(digits, places), scale);
        RC_ASSERT(scaled.has_value());
        const int dropped = places - scale;
        if (dropped <= 0) {
            RC_ASSERT(scaled->value == digits * power_of_ten(-dropped));
            RC_ASSERT(!scaled->inexact);
            return;
        }
        const std::int64_t unit = power_of_ten(dropped);
        const std::int64_t error = digits - scaled->value * unit;
        const std::int64_t twice = 2 * (error < 0 ? -error : error);
        RC_ASSERT(twice <= unit);
        RC_ASSERT(twice < unit || scaled->value % 2 == 0);
        RC_ASSERT(scaled->inexact == (error != 0));
    }));
}

TEST_CASE("no text makes a number parser do anything but answer") {
    CHECK(rc::check("any text", [](const std::string& text) {
        static_cast<void>(parse_integer(text, lowest, highest));
        const int scale = *rc::gen::inRange(0, 19);
        static_cast<void>(parse_scaled(text, scale));
        static_cast<void>(parse_scaled("." + text + "5", scale));
    }));
}
