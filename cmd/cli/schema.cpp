// SPDX-License-Identifier: MIT
#include "cli/schema.hpp"

#include <nlohmann/json.hpp>

#include "cli/fields.hpp"

namespace usagectl::cli {

namespace {

Json describe(const FieldNode& node);

Json object_of(const FieldNode& node) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& child : node.children) {
        properties[child.name] = describe(child);
        required.push_back(child.name);
    }
    Json object{{"type", "object"}};
    if (node.children.empty())
        return object;
    object["properties"] = std::move(properties);
    object["required"] = std::move(required);
    object["additionalProperties"] = false;
    return object;
}

Json plain(const FieldNode& node) {
    if (node.type == "object")
        return object_of(node);
    if (node.type == "money")
        return {{"type", "string"}, {"pattern", "^-?[0-9]+\\.[0-9]{2,}$"}};
    if (node.type == "instant")
        return {{"type", "string"}, {"format", "date-time"}};
    if (node.type == "date")
        return {{"type", "string"}, {"format", "date"}};
    return {{"type", std::string(node.type)}};
}

Json describe(const FieldNode& node) {
    Json value;
    if (node.list) {
        value = {{"type", "array"}};
        if (!node.children.empty())
            value["items"] = object_of(node);
    } else {
        value = plain(node);
    }
    if (node.nullable)
        value["type"] = Json::array({value["type"], "null"});
    if (!node.help.empty())
        value["description"] = node.help;
    return value;
}

}  // namespace

std::string schema_name(const Spec& spec) {
    std::string name = "usagectl";
    for (const auto part : spec.path)
        name.append(".").append(part);
    return name + "/1";
}

Json json_schema(const Spec& spec) {
    const auto name = schema_name(spec);
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"title", name}};
    schema.update(object_of(field_tree(spec.fields)));
    schema["properties"]["schema"]["const"] = name;
    return schema;
}

}  // namespace usagectl::cli
