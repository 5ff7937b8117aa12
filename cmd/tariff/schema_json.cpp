// SPDX-License-Identifier: MIT
#include "tariff/schema_json.hpp"

#include "tariff/format.hpp"

namespace usagectl {

namespace {

using cli::Json;
using layout::KeyRule;
using layout::Shape;

Json object_of(std::string_view table);

Json element_of(const KeyRule& rule) {
    switch (rule.shape) {
    case Shape::table:
    case Shape::tables:
        return object_of(rule.rules);
    case Shape::choice:
    case Shape::choices: {
        Json choices = Json::array();
        for (const auto choice : rule.choices)
            choices.push_back(choice);
        return {{"type", "string"}, {"enum", std::move(choices)}};
    }
    case Shape::date:
    case Shape::dates:
        return {{"type", "string"}, {"format", "date"}};
    default:
        return {{"type", "string"}, {"pattern", layout::pattern_of(rule.shape)}};
    }
}

Json value_of(const KeyRule& rule) {
    auto element = element_of(rule);
    Json value;
    if (!layout::is_list(rule.shape)) {
        value = std::move(element);
    } else if (rule.shape == Shape::tables) {
        value = {{"type", "array"}, {"items", std::move(element)}};
    } else {
        // One text stands for a list of one.
        Json list{{"type", "array"}, {"minItems", 1}, {"items", element}};
        value = {{"oneOf", Json::array({std::move(element), std::move(list)})}};
    }
    value["description"] = rule.help;
    return value;
}

Json object_of(std::string_view table) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto* rule : tariff::format().rules_of(table)) {
        properties[std::string(rule->key)] = value_of(*rule);
        if (rule->required)
            required.push_back(rule->key);
    }
    Json object{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        object["required"] = std::move(required);
    object["additionalProperties"] = false;
    for (const auto& one_of : tariff::format().one_of) {
        if (one_of.table != table)
            continue;
        object["oneOf"] = Json::array();
        for (const auto key : one_of.keys)
            object["oneOf"].push_back({{"required", Json::array({key})}});
    }
    return object;
}

}  // namespace

Json tariff_schema() {
    Json schema{
        {"$schema", "https://json-schema.org/draft/2020-12/schema"},
        {"title", "usagectl tariff file, version 1"}};
    schema.update(object_of(""));
    return schema;
}

}  // namespace usagectl
