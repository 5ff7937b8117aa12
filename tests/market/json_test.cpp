// SPDX-License-Identifier: MIT
// JSON from a stranger: numbers stay exact, nesting is limited, nonsense is refused.
#include <catch2/catch.hpp>

#include <rapidcheck.h>

#include "base/number.hpp"
#include "net/market_json.hpp"

namespace usagectl::net {
namespace {

std::string number(const std::string& written) {
    const auto json = parse_json("{\"n\":" + written + "}");
    return json ? std::string(json->word({"n"})) : "refused";
}

TEST_CASE("a number is the text it was, without its exponent") {
    struct Row {
        const char* written;
        const char* read;
    };
    const Row row = GENERATE(
        Row{"0", "0"},
        Row{"-17", "-17"},
        Row{"36.492", "36.492"},
        Row{"0.1", "0.1"},
        Row{"2.3459133E+4", "23459.133"},
        Row{"2.3459133e4", "23459.133"},
        Row{"0E+0", "0"},
        Row{"1E3", "1000"},
        Row{"1.5e1", "15"},
        Row{"123e-2", "1.23"},
        Row{"1e-3", "0.001"},
        Row{"-1.25E-1", "-0.125"},
        Row{"1E-40", "0.0000000000000000000000000000000000000001"},
        Row{"1E99", "1E99"},  // as it stood
        Row{"1008901023901266050117", "1008901023901266050117"},
        Row{"18446744073709551615", "18446744073709551615"},
        Row{"-9223372036854775808", "-9223372036854775808"},
        Row{"1E999", "refused"},
        Row{"01", "refused"},
        Row{"NaN", "refused"},
        Row{"Infinity", "refused"},
        Row{"0x10", "refused"}
    );
    INFO(row.written);
    CHECK(number(row.written) == row.read);
}

TEST_CASE("a shifted point means the same") {
    CHECK(rc::check("exponent", [] {
        const auto mantissa = *rc::gen::inRange<std::int64_t>(-99'999'999, 99'999'999);
        const auto exponent = *rc::gen::inRange(-3, 7);
        const std::string written = std::to_string(mantissa) + "e" + std::to_string(exponent);
        const auto scaled = parse_scaled(number(written), 3);
        std::int64_t expected = mantissa;
        for (int i = 0; i != exponent + 3; ++i)
            expected *= 10;
        RC_ASSERT(scaled.has_value());
        RC_ASSERT(scaled->value == expected);
    }));
}

TEST_CASE("a member is found by any of its names, whatever their letter case") {
    const auto json = parse_json(R"({"ESIID":"1","other":null,"n":1.50,"list":["x"],"t":true})");
    REQUIRE(json);
    CHECK(json->word({"esiid"}) == "1");
    CHECK(json->word({"missing", "esiId"}) == "1");
    CHECK(json->word({"n"}) == "1.50");
    CHECK(json->word({"other"}).empty());
    CHECK(json->word({"list"}).empty());
    CHECK(json->word({"t"}).empty());
    CHECK(json->find({"t"})->truth);
    CHECK(json->find({"missing"}) == nullptr);
    CHECK(json->find({"other"})->is(Json::Kind::null));
    CHECK(json->find({"list"})->items.at(0).text == "x");
}

TEST_CASE("what is no JSON is refused") {
    const char* const text = GENERATE(
        "",
        " ",
        "{",
        "}",
        R"({"a":1)",
        R"({"a":1}})",
        R"({"a":1} x)",
        R"({a:1})",
        R"({"a":})",
        "<html>",
        "\xff\xfe",
        R"({"a":"\ud800"})",
        "{\"a\":\"\x01\"}",
        "nul"
    );
    INFO(text);
    const auto json = parse_json(text);
    REQUIRE_FALSE(json);
    CHECK(json.error().code == "market_answer_malformed");
    CHECK(json.error().exit == Exit::unavailable);
}

TEST_CASE("nesting has a limit, and a hundred thousand brackets cost nothing") {
    const auto nested = [](std::size_t depth) {
        return parse_json(std::string(depth, '[') + std::string(depth, ']'));
    };
    CHECK(nested(most_json_depth));
    REQUIRE_FALSE(nested(most_json_depth + 1));
    CHECK(nested(most_json_depth + 1).error().message == "the answer is nested more than 32 deep");
    CHECK_FALSE(nested(100'000));
    std::string objects;
    for (int i = 0; i != 100'000; ++i)
        objects += R"({"a":)";
    CHECK_FALSE(parse_json(objects));
}

TEST_CASE("the number of values has a limit") {
    std::string text = "[";
    for (std::size_t i = 0; i != most_json_values; ++i)
        text += "1,";
    text += "1]";
    const auto json = parse_json(text);
    REQUIRE_FALSE(json);
    CHECK(json.error().message == "the answer has more than 4000000 values");
}

TEST_CASE("what is sent is JSON, whatever it holds") {
    const std::vector<std::string> ids{"1", "a\"b"};
    const std::string text =
        JsonObject().text("a", "x\\\"\n\xff").null("b").list("c", ids).text("d", "").take();
    const auto json = parse_json(text);
    REQUIRE(json);
    CHECK(json->word({"a"}) == "x\\\"\n\xef\xbf\xbd");
    CHECK(json->find({"b"})->is(Json::Kind::null));
    CHECK(json->find({"c"})->items.at(1).text == "a\"b");
    CHECK(JsonObject().take() == "{}");
    CHECK(JsonObject().list("none", {}).take() == R"({"none":[]})");
}

TEST_CASE("any bytes are read or refused") {
    CHECK(rc::check("hostile", [] {
        const auto text = *rc::gen::container<std::string>(
            rc::gen::elementOf(std::string("{}[]\",:0123456789.eE+-tfnulrase\\u \n\xff"))
        );
        const auto json = parse_json(text);
        RC_ASSERT(json || json.error().code == "market_answer_malformed");
    }));
}

}  // namespace
}  // namespace usagectl::net
