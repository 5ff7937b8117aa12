// SPDX-License-Identifier: MIT
#include "base/money.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "base/assert.hpp"

using namespace usagectl;

TEST_CASE("an amount of money is read exactly, or refused") {
    struct Case {
        const char* text;
        std::int64_t micro;
    };
    for (const auto& [text, micro] : std::initializer_list<Case>{
             {"12.34", 12'340'000},
             {"12.3", 12'300'000},
             {"12", 12'000'000},
             {"0.01", 10'000},
             {"007.50", 7'500'000},
             {"999999999999.99", 999'999'999'999'990'000}}) {
        CAPTURE(text);
        CHECK(parse_money(text)->micro() == micro);
    }
    for (const auto* text : {"",      "-1",  "+1",   "1.",  ".5",    "1.234", "1e2",
                             "1,000", " 1",  "1 ",   "$1",  "1 USD", "1.2.3", "0x10",
                             "-",     "--1", "1.-2", "NaN", "inf",   "1\n",   "1000000000000",
                             "١"}) {
        CAPTURE(text);
        REQUIRE_FALSE(parse_money(text));
        CHECK(parse_money(text).error().code == "malformed_amount");
        CHECK(parse_money(text).error().exit == Exit::usage);
    }
    CHECK(parse_money("-0.50", Sign::allowed)->micro() == -500'000);
    CHECK(parse_money("0.085", Sign::refused, 3)->micro() == 85'000);
    CHECK_FALSE(parse_money("0.085"));
}

TEST_CASE("a price has up to nine decimals") {
    CHECK(parse_rate("0.0891")->nano() == 89'100'000);
    CHECK(parse_rate("0.000000001")->nano() == 1);
    CHECK(parse_rate("999999.999999999")->nano() == 999'999'999'999'999);
    CHECK(parse_rate("-0.0025", Sign::allowed)->nano() == -2'500'000);
    for (const auto* text : {"", "-0.1", "0.0000000001", "1e-5", "1000000", "0,1", "."}) {
        CAPTURE(text);
        CHECK_FALSE(parse_rate(text));
    }
}

TEST_CASE("money is printed with two digits behind the point, or as many as it takes") {
    struct Case {
        std::int64_t micro;
        const char* text;
    };
    for (const auto& [micro, text] : std::initializer_list<Case>{
             {0, "0.00"},
             {12'340'000, "12.34"},
             {12'300'000, "12.30"},
             {85'000, "0.085"},
             {-85'000, "-0.085"},
             {1, "0.000001"},
             {-10'000, "-0.01"},
             {std::numeric_limits<std::int64_t>::max(), "9223372036854.775807"},
             {std::numeric_limits<std::int64_t>::min(), "-9223372036854.775808"}}) {
        CHECK(format_money(Money::from_micro(micro)) == text);
    }
    CHECK(format_rate(Rate::from_nano(89'100'000)) == "0.0891");
    CHECK(format_rate(Rate::from_nano(100'000'000)) == "0.10");
}

TEST_CASE("what is printed is read back") {
    rc::check("parse(print(money)) = money", [] {
        const auto limit = std::int64_t{999'999'999'999'999'999};
        const auto money = Money::from_micro(*rc::gen::inRange<std::int64_t>(-limit, limit));
        RC_ASSERT(*parse_money(format_money(money), Sign::allowed, 6) == money);
    });
    rc::check("parse(print(rate)) = rate", [] {
        const auto limit = std::int64_t{999'999'999'999'999};
        const auto rate = Rate::from_nano(*rc::gen::inRange<std::int64_t>(-limit, limit));
        RC_ASSERT(*parse_rate(format_rate(rate), Sign::allowed) == rate);
    });
}

TEST_CASE("less than a cent goes by a named rule, the same way on both sides of zero") {
    struct Case {
        int value;  // tenths
        int half_even;
        int half_up;
        int up;
        int down;
    };
    for (const auto& [value, half_even, half_up, up, down] : std::initializer_list<Case>{
             {0, 0, 0, 0, 0},
             {1, 0, 0, 1, 0},
             {4, 0, 0, 1, 0},
             {5, 0, 1, 1, 0},
             {6, 1, 1, 1, 0},
             {15, 2, 2, 2, 1},
             {25, 2, 3, 3, 2},
             {30, 3, 3, 3, 3}}) {
        for (const int sign : {1, -1}) {
            CAPTURE(value, sign);
            CHECK(divide(sign * value, 10, Rounding::half_even) == sign * half_even);
            CHECK(divide(sign * value, 10, Rounding::half_up) == sign * half_up);
            CHECK(divide(sign * value, 10, Rounding::up) == sign * up);
            CHECK(divide(sign * value, 10, Rounding::down) == sign * down);
        }
    }
    for (const auto rule : {Rounding::half_even, Rounding::half_up, Rounding::up, Rounding::down})
        CHECK(parse_rounding(to_string(rule)) == rule);
    CHECK_FALSE(parse_rounding("nearest"));
}

TEST_CASE("a product is exact before it is rounded once") {
    const auto rate = *parse_rate("0.0891");
    CHECK(price_energy(rate, 1000, Rounding::half_even)->micro() == 90'000);
    CHECK(price_energy(rate, 12'345, Rounding::half_even)->micro() == 1'100'000);  // 1.0999395
    CHECK(price_energy(*parse_rate("0.125"), 1000, Rounding::half_even)->micro() == 120'000);
    CHECK(price_energy(*parse_rate("0.125"), 1000, Rounding::half_up)->micro() == 130'000);
    CHECK(price_count(*parse_rate("0.3266"), 30, Rounding::half_even)->micro() == 9'800'000);
    const auto tax = *parse_rate("8.25");
    CHECK(price_percent(tax, Money::from_cents(1000), Rounding::half_even)->micro() == 820'000);
    CHECK(price_percent(tax, Money::from_cents(1000), Rounding::half_up)->micro() == 830'000);
    CHECK(price_percent(tax, Money::from_cents(-1000), Rounding::half_up)->micro() == -830'000);
}

TEST_CASE("what does not fit is said, never wrapped") {
    const auto most = Rate::from_nano(999'999'999'999'999);
    CHECK_FALSE(price_energy(most, 384'000'000'000'000, Rounding::half_even));
    const auto highest = Money::from_micro(std::numeric_limits<std::int64_t>::max());
    CHECK_FALSE(add(highest, Money::from_micro(1)));
    CHECK_THROWS_AS(highest + Money::from_micro(1), Bug);
    CHECK_THROWS_AS(-Money::from_micro(std::numeric_limits<std::int64_t>::min()), Bug);
    CHECK(Money::from_cents(5) - Money::from_cents(7) == Money::from_cents(-2));
}
