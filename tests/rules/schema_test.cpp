// SPDX-License-Identifier: MIT
// The published schema of rule packs and their reader say the same.
#include "rules/schema_json.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "rules/built_in.hpp"
#include "rules/reader.hpp"
#include "support/json_schema.hpp"

using namespace usagectl;

namespace {

bool schema_takes(const std::string& text) {
    std::vector<layout::Mistake> mistakes;
    const auto tree = layout::parse_toml(text, mistakes);
    REQUIRE(tree);
    return test::satisfies(test::json_of(*tree), rules_schema());
}

bool reader_takes(const std::string& text) {
    return rules::read_pack(text).mistakes.empty();
}

const std::string head = "name = \"p\"\ntitle = \"P\"\njurisdiction = \"TX\"\n"
                         "currency = \"USD\"\neffective = 2026-01-01\ncitation = \"law\"\n";

std::string rule(const std::string& kind, const std::string& more) {
    return "[[rule]]\nid = \"r\"\nkind = \"" + kind +
           "\"\ncitation = \"law 1\"\nmark = \"verified\"\ntext = \"T.\"\n" + more + "\n";
}

const std::string sound = rule("summary_months", "months = 12");

}  // namespace

TEST_CASE("the schema takes every pack the program brings, and the example") {
    for (const auto& pack : rules::built_in_packs()) {
        CAPTURE(pack.name);
        CHECK(schema_takes(std::string(pack.text)));
    }
    for (const auto& file : std::filesystem::directory_iterator(EXAMPLES "/rules")) {
        CAPTURE(file.path());
        std::ifstream in(file.path());
        CHECK(schema_takes({std::istreambuf_iterator<char>(in), {}}));
    }
}

TEST_CASE("what the reader refuses in a pack, the schema refuses") {
    const auto* const wrong = GENERATE(
        "jurisdicton = \"TX\"\n",
        "rule = []\n",
        "until = \"soon\"\n",
        "counties = [7]\n",
        "counties = []\n",
        "name = \"a b\"\n",
        "currency = \"usd\"\n",
        "holiday = { name = \"H\", yearly = \"12-25\" }\n"
    );
    std::string text = head;
    // A key of the head that is written again replaces it: TOML takes each once.
    const std::string line(wrong);
    const auto key = "\n" + line.substr(0, line.find(' ') + 1);
    if (const auto at = ("\n" + text).find(key); at != std::string::npos)
        text.erase(at, text.find('\n', at) + 1 - at);
    text = line.starts_with("rule") ? text + line : text + line + sound;
    CAPTURE(text);
    CHECK_FALSE(reader_takes(text));
    CHECK_FALSE(schema_takes(text));
}

TEST_CASE("a key that is needed is needed by both") {
    for (const auto* key : {"name", "title", "jurisdiction", "currency", "effective", "citation"}) {
        CAPTURE(key);
        auto text = "\n" + head;
        const auto at = text.find("\n" + std::string(key) + " = ") + 1;
        text.erase(at, text.find('\n', at) + 1 - at);
        CHECK_FALSE(reader_takes(text + sound));
        CHECK_FALSE(schema_takes(text + sound));
    }
    CHECK_FALSE(reader_takes(head));
    CHECK_FALSE(schema_takes(head));
    for (const auto* key : {"id", "kind", "citation", "mark", "text", "months"}) {
        CAPTURE(key);
        auto text = sound;
        const auto at = text.find("\n" + std::string(key) + " = ") + 1;
        text.erase(at, text.find('\n', at) + 1 - at);
        CHECK_FALSE(reader_takes(head + text));
        CHECK_FALSE(schema_takes(head + text));
    }
}

TEST_CASE("a rule's figures, by its kind") {
    struct Row {
        const char* kind;
        const char* more;
        bool taken;
    };
    const auto row = GENERATE(values<Row>({
        {"payment_channels_open", "", true},
        {"payment_channels_open", "months = 1", false},
        {"hours", "", false},
        {"hours", "earliest = \"08:00\"", false},
        {"hours", "earliest = \"08:00\"\nlatest = \"17:59\"", true},
        {"hours", "earliest = \"8:00\"\nlatest = \"17:59\"", false},
        {"hours", "earliest = 8\nlatest = \"17:59\"", false},
        {"hour", "earliest = \"08:00\"", false},
        {"summary_months", "months = 12\namount = \"1.00\"", false},
        {"summary_months", "months = 0", false},
        {"summary_months", "months = 121", false},
        {"summary_months", "months = 120", true},
        {"summary_months", "months = \"12\"", false},
        {"summary_months", "months = 12\nfrom = 2026-02-01", true},
        {"summary_months", "months = 12\nresidential = true", true},
        {"summary_months", "months = 12\nresidential = \"true\"", false},
        {"summary_months", "months = 12\nunheard_of = 1", false},
        {"connection_balance_at_most", "amount = \"75.00\"", true},
        {"connection_balance_at_most", "amount = 75.00", false},
        {"connection_balance_at_most", "amount = 75", false},
        {"warning_days", "min_days = 2\nmax_days = 2", true},
        {"warning_days", "min_days = 2", false},
        {"warning_days", "min_days = -1\nmax_days = 367", false},
        {"no_suspension_on", "weekdays = \"sun\"", true},
        {"no_suspension_on", "weekdays = [\"sun\", \"sat\"]", true},
        {"no_suspension_on", "weekdays = [\"sunday\"]", false},
        {"no_suspension_on", "weekdays = \"sun\"\nholidays = \"true\"", false},
        {"extreme_weather", "weather = \"heat\"\nlookback_days = 1", true},
        {"extreme_weather", "weather = \"hot\"\nlookback_days = 1", false},
        {"protected_customer", "protects = [\"medical\"]", true},
        {"protected_customer", "protects = []", false},
    }));
    const auto text = head + rule(row.kind, row.more);
    CAPTURE(text);
    CHECK(reader_takes(text) == row.taken);
    CHECK(schema_takes(text) == row.taken);
}

TEST_CASE("holidays and tests of a pack") {
    struct Row {
        const char* text;
        bool taken;
    };
    const auto row = GENERATE(values<Row>({
        {"[[holiday]]\nname = \"H\"\nyearly = \"12-25\"", true},
        {"[[holiday]]\nname = \"H\"", false},
        {"[[holiday]]\nname = \"H\"\nyearly = \"12-25\"\ndate = 2026-12-25", false},
        {"[[holiday]]\nname = \"H\"\nnth = -1\nmonth = 5\nweekday = \"mon\"", true},
        {"[[holiday]]\nname = \"H\"\nnth = 5\nmonth = 5\nweekday = \"mon\"", false},
        {"[[holiday]]\nname = \"H\"\nyearly = \"12-25\"\nobserved = 1", false},
        {"[[test]]\nname = \"t\"\nday = 2026-07-15\nexpect = \"allowed\"", true},
        {"[[test]]\nname = \"t\"\nday = 2026-07-15\nexpect = \"maybe\"", false},
        {"[[test]]\nname = \"t\"\nday = 2026-07-15\nexpect = \"allowed\"\n"
         "emergency = [{ day = 2026-07-15, weather = \"hot\" }]",
         false},
        {"[[test]]\nname = \"t\"\nday = 2026-07-15\nexpect = \"allowed\"\n"
         "emergency = [{ day = 2026-07-15, weather = \"heat\" }]",
         true},
    }));
    const auto text = head + sound + row.text + "\n";
    CAPTURE(text);
    CHECK(reader_takes(text) == row.taken);
    CHECK(schema_takes(text) == row.taken);
}
