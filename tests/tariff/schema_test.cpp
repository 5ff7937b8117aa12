// SPDX-License-Identifier: MIT
// The published schema and the reader say the same.
#include "layout/schema_json.hpp"

#include <regex>
#include <set>

#include <catch2/catch.hpp>

#include "tariff/format.hpp"
#include "tariff/reader.hpp"

using namespace usagectl;
using namespace usagectl::tariff;
using cli::Json;

namespace {

// The schema of a table, found by walking from the root along the keys that lead to it.
const Json& walk(const Json& schema, std::string_view table) {
    if (table.empty())
        return schema;
    for (const auto& rule : format().rules) {
        if (rule.rules != table)
            continue;
        const auto& value = walk(schema, rule.table)["properties"][std::string(rule.key)];
        return layout::is_list(rule.shape) ? value["items"] : value;
    }
    FAIL("no key leads to " << table);
    return schema;
}

std::set<std::string> tables() {
    std::set<std::string> found;
    for (const auto& rule : format().rules)
        found.insert(std::string(rule.table));
    return found;
}

// A file with one key in one table, inside whatever it takes to get there.
std::string file_with(const std::string& table, const std::string& line) {
    if (table.empty())
        return line + "\n";
    if (table == "hours")
        return "[[schedule]]\nhours = [{ " + line + " }]\n";
    if (table == "tier")
        return "[[energy]]\ntiers = [{ " + line + " }]\n";
    const bool single = table == "pca" || table == "minimum" || table == "holidays";
    return (single ? "[" + table + "]\n" : "[[" + table + "]]\n") + line + "\n";
}

bool says(const std::string& text, const std::string& part) {
    for (const auto& mistake : read_tariff(text).mistakes) {
        if (mistake.message.find(part) != std::string::npos)
            return true;
    }
    return false;
}

}  // namespace

TEST_CASE("the schema and the reader know the same keys, and need the same ones") {
    const auto schema = schema_of(format(), "a tariff");
    for (const auto& table : tables()) {
        const auto& object = walk(schema, table);
        CAPTURE(table);
        CHECK(object["additionalProperties"] == false);
        for (const auto& [key, value] : object["properties"].items()) {
            CAPTURE(key);
            CHECK_FALSE(says(file_with(table, key + " = true"), "has no key '" + key + "'"));
            CHECK_FALSE(value["description"].get<std::string>().empty());
        }
        CHECK(says(file_with(table, "unheard_of = true"), "has no key 'unheard_of'"));
        std::set<std::string> required;
        for (const auto& key : object.value("required", Json::array()))
            required.insert(key.get<std::string>());
        for (const auto& [key, value] : object["properties"].items()) {
            CAPTURE(key);
            const auto name = table.empty() ? "the tariff" : "[" + table + "]";
            CHECK(
                says(file_with(table, "unheard_of = true"), name + " has no " + key) ==
                (required.count(key) == 1)
            );
        }
        CHECK(
            object.contains("oneOf") == says(file_with(table, "unheard_of = true"), "has no price")
        );
    }
}

TEST_CASE("the schema's patterns take what the reader takes") {
    struct Key {
        const char* table;
        const char* key;
    };
    const std::vector<std::string> samples{
        "0",
        "1",
        "12.34",
        "12.345",
        "0.0891",
        "-0.1",
        "-1",
        "1e3",
        ".5",
        "5.",
        "100",
        "1000000",
        "0.1234567891",
        "1 ",
        "",
        "USD",
        "usd",
        "a b",
        "a.b-c_d",
        "06-01",
        "6-1",
        "13:00",
        "13:05",
        "13:03",
        "24:00",
        "8.25",
        "500",
        "abc\\u0007",
        "999999.999999999",
    };
    const auto schema = schema_of(format(), "a tariff");
    for (const auto& [table, key] : std::initializer_list<Key>{
             {"", "name"},
             {"", "title"},
             {"", "currency"},
             {"season", "from"},
             {"hours", "from"},
             {"energy", "per_kwh"},
             {"delivery", "per_kwh"},
             {"fee", "amount"},
             {"tier", "per_kwh"}}) {
        const auto pattern = walk(schema, table)["properties"][key]["pattern"].get<std::string>();
        for (const auto& sample : samples) {
            CAPTURE(table, key, sample);
            const auto text = sample == "abc\\u0007" ? std::string("abc\a") : sample;
            const bool taken = !says(
                file_with(table, std::string(key) + " = \"" + sample + "\""),
                std::string(key) + " cannot be"
            );
            CHECK(std::regex_search(text, std::regex(pattern)) == taken);
        }
    }
}
