// SPDX-License-Identifier: MIT
// As much of JSON Schema 2020-12 as the published schemas use: whether a TOML file satisfies one.
#pragma once

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <string>

#include <nlohmann/json.hpp>

#include "layout/node.hpp"

namespace usagectl::test {

using SchemaJson = nlohmann::ordered_json;

// A TOML text as editors hand it to a schema: dates are strings.
[[nodiscard]] inline SchemaJson json_of(const layout::Node& node) {
    using Type = layout::Node::Type;
    switch (node.type) {
    case Type::table: {
        auto object = SchemaJson::object();
        for (const auto& entry : node.entries)
            object[entry.key] = json_of(entry.value);
        return object;
    }
    case Type::array: {
        auto array = SchemaJson::array();
        for (const auto& element : node.elements)
            array.push_back(json_of(element));
        return array;
    }
    case Type::integer:
        return node.number ? SchemaJson(*node.number) : SchemaJson();
    case Type::boolean:
        return node.truth;
    case Type::real:
        return 0.5;
    default:
        return node.text;
    }
}

[[nodiscard]] inline bool has_type(const SchemaJson& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
           (type == "integer" && value.is_number_integer());
}

[[nodiscard]] bool satisfies(const SchemaJson& value, const SchemaJson& schema);

// What the keyword `word` of a schema says of a value; words it does not know are a mistake of the
// schema's maker.
[[nodiscard]] inline bool
satisfies(const SchemaJson& value, const std::string& word, const SchemaJson& schema) {
    const auto& wanted = schema.at(word);
    const auto holds = [&](const SchemaJson& one) { return satisfies(value, one); };
    if (word == "type")
        return has_type(value, wanted.get<std::string>());
    if (word == "enum")
        return std::find(wanted.begin(), wanted.end(), value) != wanted.end();
    if (word == "const")
        return value == wanted;
    if (word == "pattern" || word == "format") {
        const auto pattern =
            word == "format" ? "^\\d{4}-\\d{2}-\\d{2}$" : wanted.get<std::string>();
        return !value.is_string() ||
               std::regex_search(value.get<std::string>(), std::regex(pattern));
    }
    if (word == "minimum")
        return !value.is_number_integer() || value >= wanted;
    if (word == "maximum")
        return !value.is_number_integer() || value <= wanted;
    if (word == "minItems")
        return !value.is_array() || value.size() >= wanted.get<std::size_t>();
    if (word == "items") {
        return !value.is_array() || std::all_of(value.begin(), value.end(), [&](const auto& one) {
            return satisfies(one, wanted);
        });
    }
    if (word == "oneOf")
        return std::count_if(wanted.begin(), wanted.end(), holds) == 1;
    if (word == "allOf")
        return std::all_of(wanted.begin(), wanted.end(), holds);
    if (word == "if")
        return !holds(wanted) || holds(schema.at("then"));
    if (word == "required") {
        return !value.is_object() ||
               std::all_of(wanted.begin(), wanted.end(), [&](const auto& key) {
                   return value.contains(key.template get<std::string>());
               });
    }
    if (word == "properties" || word == "additionalProperties") {
        if (!value.is_object())
            return true;
        const auto properties = schema.value("properties", SchemaJson::object());
        for (const auto& [key, one] : value.items()) {
            const bool known = properties.contains(key);
            if (word == "properties" ? known && !satisfies(one, properties[key])
                                     : !known && wanted == false)
                return false;
        }
        return true;
    }
    if (word == "then" || word == "description" || word == "title" || word == "$schema")
        return true;
    throw std::logic_error("a schema with the word " + word);
}

inline bool satisfies(const SchemaJson& value, const SchemaJson& schema) {
    if (schema.is_boolean())
        return schema.get<bool>();
    for (const auto& [word, wanted] : schema.items()) {
        if (!satisfies(value, word, schema))
            return false;
    }
    return true;
}

}  // namespace usagectl::test
