// SPDX-License-Identifier: MIT
#include "layout/schema_json.hpp"

namespace usagectl {

namespace {

using cli::Json;
using layout::Format;
using layout::KeyRule;
using layout::Shape;

Json object_of(const Format& format, std::string_view table);

Json element_of(const Format& format, const KeyRule& rule) {
    switch (rule.shape) {
    case Shape::table:
    case Shape::tables:
        return object_of(format, rule.rules);
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
    case Shape::count:
        return {{"type", "integer"}, {"minimum", rule.low}, {"maximum", rule.high}};
    case Shape::flag:
        return {{"type", "boolean"}};
    default:
        return {{"type", "string"}, {"pattern", layout::pattern_of(rule.shape)}};
    }
}

Json value_of(const Format& format, const KeyRule& rule) {
    auto element = element_of(format, rule);
    Json value;
    if (!layout::is_list(rule.shape)) {
        value = std::move(element);
    } else if (rule.shape == Shape::tables) {
        value = {{"type", "array"}, {"items", std::move(element)}};
        if (rule.required)
            value["minItems"] = 1;
    } else {
        // One text stands for a list of one.
        Json list{{"type", "array"}, {"minItems", 1}, {"items", element}};
        value = {{"oneOf", Json::array({std::move(element), std::move(list)})}};
    }
    value["description"] = rule.help;
    return value;
}

Json object_of(const Format& format, std::string_view table) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto* rule : format.rules_of(table)) {
        properties[std::string(rule->key)] = value_of(format, *rule);
        if (rule->required)
            required.push_back(rule->key);
    }
    Json object{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        object["required"] = std::move(required);
    object["additionalProperties"] = false;
    for (const auto& one_of : format.one_of) {
        if (one_of.table != table)
            continue;
        object["oneOf"] = Json::array();
        for (const auto key : one_of.keys)
            object["oneOf"].push_back({{"required", Json::array({key})}});
    }
    return object;
}

}  // namespace

Json schema_of(const Format& format, std::string_view title) {
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", title}};
    schema.update(object_of(format, ""));
    return schema;
}

}  // namespace usagectl
