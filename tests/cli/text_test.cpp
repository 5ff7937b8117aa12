// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "cli/text.hpp"

using namespace usagectl::cli;

TEST_CASE("harmless text has no control characters and is UTF-8") {
    struct Row {
        std::string_view in;
        std::string_view out;
    };
    const Row rows[] = {
        {"plain ü 電", "plain ü 電"},
        {"a\nb\tc", "a\\x0ab\\x09c"},
        {"\x1b[2J", "\\x1b[2J"},
        {"\x7f", "\\x7f"},
        {"\xC2\x9B", "\\xc2\\x9b"},           // CSI as one character
        {"\xE2\x80\xAE", "\\xe2\\x80\\xae"},  // right-to-left override
        {"\xFF", "\xEF\xBF\xBD"},
        {"\xC3", "\xEF\xBF\xBD"},                                  // cut short
        {"\xC0\xAF", "\xEF\xBF\xBD\xEF\xBF\xBD"},                  // overlong
        {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},  // surrogate
        {"\xF4\x90\x80\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.in);
        CHECK(harmless(row.in) == row.out);
    }
}

TEST_CASE("making text harmless twice is making it harmless once") {
    CHECK(rc::check("any bytes", [] {
        const auto text = *rc::gen::arbitrary<std::string>();
        const auto once = harmless(text);
        RC_ASSERT(harmless(once) == once);
        RC_ASSERT(display_width(once) <= once.size());
        for (const char c : once)
            RC_ASSERT(static_cast<unsigned char>(c) >= 0x20);
    }));
}

TEST_CASE("width is counted in columns") {
    CHECK(display_width("") == 0);
    CHECK(display_width("abc") == 3);
    CHECK(display_width("Zähler") == 6);
    CHECK(display_width("a\xCC\x88") == 1);  // a with a combining diaeresis
    CHECK(display_width("電気") == 4);
    CHECK(display_width("⚡") == 1);
    CHECK(display_width("\xF0\x9F\x94\x8C") == 2);  // electric plug
}

TEST_CASE("lines break at spaces") {
    CHECK(wrap("one two three", 9, 2) == "  one two\n  three");
    CHECK(wrap("unbreakable", 4, 0) == "unbreakable");
    CHECK(wrap("", 10, 2).empty());
}

TEST_CASE("words split as a shell splits them") {
    struct Row {
        const char* text;
        std::vector<std::string> words;
        bool closed = true;
    };
    const Row rows[] = {
        {"a  b\tc", {"a", "b", "c"}},
        {"'a b' \"c d\"", {"a b", "c d"}},
        {"a'b'\"c\"d", {"abcd"}},
        {"'' \"\"", {"", ""}},
        {R"(a\ b "\"" '\')", {"a b", "\"", "\\"}},
        {"", {}},
        {"'a", {}, false},
        {"a\\", {}, false},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        std::vector<std::string> words;
        const bool closed = split_words(row.text, words);
        CHECK(closed == row.closed);
        if (row.closed)
            CHECK(words == row.words);
    }
}

TEST_CASE("a word is guessed from what it is near to, or begins") {
    const std::vector<std::string_view> known{"balance", "usage", "meter", "--from", "--format"};
    CHECK(did_you_mean("usag", known) == "did you mean usage?");
    CHECK(did_you_mean("bal", known) == "did you mean balance?");
    CHECK(did_you_mean("meters", known) == "did you mean meter?");
    CHECK(did_you_mean("uasge", known) == "did you mean usage?");
    CHECK(
        did_you_mean("--from", std::vector<std::string_view>{"--fomr"}) == "did you mean --fomr?"
    );
    CHECK(did_you_mean("xyzzy", known).empty());
    CHECK(did_you_mean(std::string(100'000, 'a'), known).empty());
}
