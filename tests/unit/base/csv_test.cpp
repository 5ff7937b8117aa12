// SPDX-License-Identifier: MIT
// Comma-separated text, as RFC 4180 has it and as people send it.
#include "base/csv.hpp"

#include <algorithm>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

using namespace usagectl;
using Fields = std::vector<std::string>;

namespace {

struct Heard {
    std::vector<std::pair<std::uint64_t, Fields>> records;
    std::vector<std::pair<std::uint64_t, std::string>> bad;
    std::vector<std::string> bad_texts;
};

// The text, handed over in pieces of whole lines: one by one, or all at once.
Heard read(const std::string& text, bool by_line) {
    Heard heard;
    CsvReader reader({
        [&](const CsvRecord& record) { heard.records.emplace_back(record.line, record.fields); },
        [&](std::uint64_t line, std::string_view reason, std::string_view bad) {
            heard.bad.emplace_back(line, reason);
            heard.bad_texts.emplace_back(bad);
        },
    });
    std::string_view rest = text;
    while (by_line && !rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size() - 1) + 1;
        reader.take(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    reader.take(rest);
    reader.end();
    return heard;
}

}  // namespace

TEST_CASE("records of comma-separated text") {
    const bool by_line = GENERATE(false, true);
    const auto one = [&](const std::string& text) {
        const auto heard = read(text, by_line);
        REQUIRE(heard.bad.empty());
        REQUIRE(heard.records.size() == 1);
        return heard.records[0].second;
    };
    CHECK(one("a,b\n") == Fields{"a", "b"});
    CHECK(one("a,b") == Fields{"a", "b"});
    CHECK(
        one("\xEF\xBB\xBF"
            "a,b\r\n") == Fields{"a", "b"}
    );
    CHECK(one(" a , b c \n") == Fields{"a", "b c"});
    CHECK(one(",\n") == Fields{"", ""});
    CHECK(one("\"a,b\",\"c\"\"d\"\n") == Fields{"a,b", "c\"d"});
    CHECK(one("\"\",x\n") == Fields{"", "x"});
    CHECK(one("\" a \" ,x\n") == Fields{" a ", "x"});
    CHECK(one("\"two\r\nlines\",x\n") == Fields{"two\nlines", "x"});
    CHECK(one("\"a\n\n\nb\"\n") == Fields{"a\n\n\nb"});
}

TEST_CASE("lines are counted, empty ones passed over, and a wrong one leaves the others alone") {
    const bool by_line = GENERATE(false, true);
    const auto heard = read("a\n\n\"b\nc\",d\n\"x\"y\nz\n", by_line);
    REQUIRE(heard.records.size() == 3);
    CHECK(heard.records[0].first == 1);
    CHECK(heard.records[1].first == 3);
    CHECK(heard.records[2].first == 6);
    REQUIRE(heard.bad.size() == 1);
    CHECK(heard.bad[0].first == 5);
    CHECK(heard.bad[0].second == "a quotation mark is out of place");
    CHECK(heard.bad_texts[0] == "\"x\"y");
}

TEST_CASE("a quotation mark that is never closed costs its own line only") {
    std::string text = "a,\"b\n";
    for (int line = 2; line <= 40; ++line)
        text += std::to_string(line) + ",x\n";
    const auto heard = read(text, true);
    REQUIRE(heard.bad.size() == 1);
    CHECK(
        heard.bad[0] == std::pair<std::uint64_t, std::string>(1, "a quotation mark is not closed")
    );
    REQUIRE(heard.records.size() == 39);
    CHECK(heard.records.front().first == 2);
    CHECK(heard.records.back().first == 40);
}

TEST_CASE("too many fields are told") {
    const auto heard = read(std::string(CsvReader::most_fields, ',') + "\nok\n", false);
    CHECK(heard.bad.size() == 1);
    CHECK(heard.records.size() == 1);
}

TEST_CASE("a field stands in quotation marks where it would be taken for something else") {
    CHECK(csv_field("").empty());
    CHECK(csv_field("a b;c'd") == "a b;c'd");
    CHECK(csv_field("a,b") == "\"a,b\"");
    CHECK(csv_field("a\"b") == "\"a\"\"b\"");
    CHECK(csv_field("a\nb") == "\"a\nb\"");
    CHECK(csv_field("\r") == "\"\r\"");
    CHECK(csv_field(" a") == "\" a\"");
    CHECK(csv_field("a\t") == "\"a\t\"");
    CHECK(csv_row({"a", "", "b,c"}) == "a,,\"b,c\"\n");
}

TEST_CASE("a line that is too long is told by its beginning") {
    Heard heard;
    CsvReader reader({
        [&](const CsvRecord& record) { heard.records.emplace_back(record.line, record.fields); },
        [&](std::uint64_t line, std::string_view reason, std::string_view bad) {
            heard.bad.emplace_back(line, reason);
            heard.bad_texts.emplace_back(bad);
        },
    });
    reader.take("a,b\n");
    reader.skip("long");
    reader.take("c,d\n");
    reader.end();
    REQUIRE(heard.bad.size() == 1);
    CHECK(heard.bad[0].first == 2);
    CHECK(heard.bad_texts[0] == "long");
    CHECK(heard.records.back().first == 3);
}

TEST_CASE("what is written is read again") {
    CHECK(rc::check("rows", [] {
        const auto field = rc::gen::container<std::string>(
            rc::gen::element('a', ',', '"', '\n', ' ', '\t', ';', '0')
        );
        auto fields = *rc::gen::nonEmpty(rc::gen::container<Fields>(field));
        for (auto& each : fields)
            each.resize(std::min<std::size_t>(each.size(), 8));
        RC_PRE(fields.size() > 1);
        const auto heard = read(csv_row(fields), *rc::gen::arbitrary<bool>());
        std::size_t breaks = 0;
        for (const auto& each : fields)
            breaks += static_cast<std::size_t>(std::count(each.begin(), each.end(), '\n'));
        RC_PRE(breaks < CsvReader::most_lines - 1);
        RC_ASSERT(heard.records.size() == 1U);
        RC_ASSERT(heard.records[0].second == fields);
    }));
}
