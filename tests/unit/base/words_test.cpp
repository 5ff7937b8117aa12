// SPDX-License-Identifier: MIT
#include "base/words.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <type_traits>

using usagectl::Words;

namespace {

enum class Colour : unsigned char { red, green, blue };

constexpr Words<Colour::blue> colours{"red", "green", "deep blue"};

}  // namespace

TEST_CASE("each value has its word, and each word its value") {
    static_assert(colours.size == 3);
    static_assert(colours.word(Colour::blue) == "deep blue");
    static_assert(colours.parse("green") == Colour::green);
    for (const auto colour : {Colour::red, Colour::green, Colour::blue})
        CHECK(colours.parse(colours.word(colour)) == colour);
}

TEST_CASE("a word that stands for nothing is nothing") {
    for (const auto* word : {"", "Red", "gree", "green ", "blue"}) {
        CAPTURE(word);
        CHECK_FALSE(colours.parse(word));
    }
    CHECK_THROWS_AS(colours.word(static_cast<Colour>(3)), std::out_of_range);
}

TEST_CASE("a table that lacks a word, or has one too many, does not compile") {
    using Table = Words<Colour::blue>;
    using Text = const char*;
    CHECK(std::is_constructible_v<Table, Text, Text, Text>);
    CHECK_FALSE(std::is_constructible_v<Table, Text, Text>);
    CHECK_FALSE(std::is_constructible_v<Table, Text, Text, Text, Text>);
}
