// SPDX-License-Identifier: MIT
// The tree of fields: what an answer is checked against and what its schema says.
#include <functional>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/assert.hpp"
#include "cli/fields.hpp"
#include "cli/schema.hpp"

using namespace usagectl::cli;

namespace {

const std::vector<Field> fields{
    {"meter", "string", "whose"},
    {"total_wh", "integer", "sum"},
    {"request.id", "string", "of the request"},
    {"request", "object", "if there was one", true},
    {"names", "array", "some"},
    {"items[].start", "instant", "begin"},
    {"items[].wh", "integer", "energy", true},
};

Json good() {
    return {
        {"schema", "usagectl.x/1"},
        {"meter", "1"},
        {"total_wh", 5},
        {"request", {{"id", "r"}}},
        {"names", {"a", "b"}},
        {"items", {{{"start", "t"}, {"wh", nullptr}}, {{"start", "t"}, {"wh", 3}}}},
    };
}

}  // namespace

TEST_CASE("an answer has exactly the declared fields, each of its type") {
    const auto tree = field_tree(fields);
    CHECK_NOTHROW(check_fields(tree, good()));
    auto answer = good();
    answer["request"] = nullptr;
    CHECK_NOTHROW(check_fields(tree, answer));

    const std::vector<std::pair<const char*, std::function<void(Json&)>>> mistakes{
        {"an undeclared field", [](Json& root) { root["more"] = 1; }},
        {"an undeclared field of an item", [](Json& root) { root["items"][1]["more"] = 1; }},
        {"an undeclared inner field", [](Json& root) { root["request"]["more"] = 1; }},
        {"a missing field", [](Json& root) { root.erase("total_wh"); }},
        {"a missing list", [](Json& root) { root.erase("items"); }},
        {"a missing field of an item", [](Json& root) { root["items"][0].erase("wh"); }},
        {"null where it was not promised", [](Json& root) { root["meter"] = nullptr; }},
        {"a number for a text", [](Json& root) { root["meter"] = 5; }},
        {"a text for a number", [](Json& root) { root["total_wh"] = "5"; }},
        {"a fraction for an integer", [](Json& root) { root["total_wh"] = 0.5; }},
        {"an object for a list", [](Json& root) { root["items"] = Json::object(); }},
        {"a text for an item", [](Json& root) { root["items"][0] = "x"; }},
    };
    for (const auto& [what, make] : mistakes) {
        CAPTURE(what);
        auto wrong = good();
        make(wrong);
        CHECK_THROWS_AS(check_fields(tree, wrong), usagectl::Bug);
    }
}

TEST_CASE("leaves are the columns of csv") {
    const auto tree = field_tree(fields);
    CHECK(
        leaf_paths(tree) ==
        std::vector<std::string>{"schema", "meter", "total_wh", "request.id", "names"}
    );
    CHECK(leaf_paths(*tree.child("items")) == std::vector<std::string>{"start", "wh"});
}

TEST_CASE("the schema of an answer says what the check enforces") {
    Spec spec;
    spec.path = {"usage", "show"};
    spec.fields = fields;
    const auto schema = json_schema(spec);
    CHECK(schema.at("$schema") == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema.at("additionalProperties") == false);
    const auto& properties = schema.at("properties");
    CHECK(properties.at("schema").at("const") == "usagectl.usage.show/1");
    CHECK(schema.at("required").size() == properties.size());
    CHECK(properties.at("request").at("type") == Json({"object", "null"}));
    const auto& item = properties.at("items").at("items");
    CHECK(item.at("properties").at("wh").at("type") == Json({"integer", "null"}));
    CHECK(item.at("properties").at("start").at("format") == "date-time");
    CHECK(item.at("required") == Json({"start", "wh"}));
}

TEST_CASE("an answer that was kept before a field was declared has it as null") {
    const auto tree = field_tree(fields);
    auto answer = good();
    answer.erase("request");
    answer["items"][1].erase("wh");
    add_absent(tree, answer);
    CHECK_NOTHROW(check_fields(tree, answer));
    CHECK(answer["request"].is_null());
    CHECK(answer["items"][1]["wh"].is_null());
    CHECK(answer["items"][0] == good()["items"][0]);
    // What has a nothing of its kind gets that: a count, a list.
    answer.erase("total_wh");
    answer.erase("names");
    answer.erase("items");
    add_absent(tree, answer);
    CHECK_NOTHROW(check_fields(tree, answer));
    CHECK(answer["total_wh"] == 0);
    CHECK(answer["names"] == Json::array());
    CHECK(answer["items"] == Json::array());
    // What was never null is missed.
    answer.erase("meter");
    add_absent(tree, answer);
    CHECK_FALSE(answer.contains("meter"));
}
