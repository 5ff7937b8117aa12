// SPDX-License-Identifier: MIT
#include "cli/fields.hpp"

#include <optional>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "cli/text.hpp"

namespace usagectl::cli {

namespace {

// Takes the first part off a dotted path.
std::string_view take_part(std::string_view& path) {
    const auto dot = path.find('.');
    const auto part = path.substr(0, dot);
    path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
    return part;
}

FieldNode& make_child(FieldNode& parent, std::string_view part) {
    const bool list = part.size() > 2 && part.substr(part.size() - 2) == "[]";
    const auto name = list ? part.substr(0, part.size() - 2) : part;
    for (auto& child : parent.children) {
        if (child.name != name)
            continue;
        child.list = child.list || list;
        return child;
    }
    FieldNode child;
    child.name = std::string(name);
    child.path = parent.path.empty() ? child.name : parent.path + "." + child.name;
    child.type = "object";
    child.list = list;
    return parent.children.emplace_back(std::move(child));
}

[[noreturn]] void undescribed(const FieldNode& node, const std::string& what) {
    throw Bug("the answer's field " + (node.path.empty() ? "root" : node.path) + " " + what);
}

bool has_type(std::string_view type, const Json& value) {
    if (type == "integer")
        return value.is_number_integer();
    if (type == "boolean")
        return value.is_boolean();
    if (type == "object")
        return value.is_object();
    if (type == "array")
        return value.is_array();
    return value.is_string();
}

void check_value(const FieldNode& node, const Json& value) {
    if (value.is_null()) {
        if (!node.nullable)
            undescribed(node, "is null, and is not declared nullable");
        return;
    }
    if (node.list) {
        if (!value.is_array())
            undescribed(node, "is not a list");
        if (node.children.empty())
            return;
        for (const auto& element : value)
            check_fields(node, element);
        return;
    }
    if (!has_type(node.type, value)) {
        undescribed(node, "is not of the declared type " + std::string(node.type));
    }
    if (!node.children.empty())
        check_fields(node, value);
}

// What a field says of something that did not exist yet; none: it names something there was.
std::optional<Json> nothing_of(const FieldNode& node) {
    if (node.nullable)
        return Json(nullptr);
    if (node.list || node.type == "array")
        return Json::array();
    if (node.type == "object")
        return Json::object();
    if (node.type == "integer")
        return Json(0);
    if (node.type == "boolean")
        return Json(false);
    return std::nullopt;
}

void collect_leaves(const FieldNode& node, std::size_t prefix, std::vector<std::string>& paths) {
    for (const auto& child : node.children) {
        if (child.children.empty()) {
            paths.push_back(child.path.substr(prefix));
        } else if (!child.list) {
            collect_leaves(child, prefix, paths);
        }
    }
}

void collect_names(const FieldNode& node, std::vector<std::string_view>& names) {
    for (const auto& child : node.children) {
        names.push_back(child.path);
        names.push_back(child.name);
        collect_names(child, names);
    }
}

}  // namespace

const FieldNode* FieldNode::child(std::string_view child_name) const {
    for (const auto& node : children) {
        if (node.name == child_name)
            return &node;
    }
    return nullptr;
}

const FieldNode* FieldNode::find(std::string_view dotted_path) const {
    const auto* node = this;
    while (node != nullptr && !dotted_path.empty())
        node = node->child(take_part(dotted_path));
    return node;
}

FieldNode field_tree(std::span<const Field> fields) {
    FieldNode root;
    root.type = "object";
    auto& schema = make_child(root, "schema");
    schema.type = "string";
    schema.help = "name and version of this answer's form";
    for (const auto& field : fields) {
        auto path = field.path;
        auto* node = &root;
        while (!path.empty())
            node = &make_child(*node, take_part(path));
        node->type = field.type;
        node->help = field.help;
        node->nullable = field.nullable;
    }
    return root;
}

void check_fields(const FieldNode& node, const Json& value, std::string_view skip) {
    if (!value.is_object())
        undescribed(node, "is not an object");
    for (const auto& [key, inner] : value.items()) {
        const auto* child = node.child(key);
        if (child == nullptr)
            undescribed(node, "has the undeclared key '" + key + "'");
        check_value(*child, inner);
    }
    for (const auto& child : node.children) {
        if (child.name != skip && !value.contains(child.name)) {
            undescribed(child, "is declared and missing");
        }
    }
}

void add_absent(const FieldNode& node, Json& value) {
    if (!value.is_object())
        return;
    for (const auto& child : node.children) {
        if (!value.contains(child.name)) {
            auto nothing = nothing_of(child);
            if (!nothing)
                continue;
            value[child.name] = std::move(*nothing);
        }
        auto& inner = value[child.name];
        if (!inner.is_array()) {
            add_absent(child, inner);
            continue;
        }
        for (auto& element : inner)
            add_absent(child, element);
    }
}

std::vector<std::string> leaf_paths(const FieldNode& node) {
    std::vector<std::string> paths;
    collect_leaves(node, node.path.empty() ? 0 : node.path.size() + 1, paths);
    return paths;
}

const Json* value_at(const Json& object, std::string_view dotted_path) {
    const auto* value = &object;
    while (!dotted_path.empty()) {
        if (!value->is_object())
            return nullptr;
        const auto found = value->find(std::string(take_part(dotted_path)));
        if (found == value->end())
            return nullptr;
        value = &*found;
    }
    return value;
}

Result<Selection>
Selection::parse(std::string_view names, const FieldNode& root, std::string_view item_list) {
    Selection selection;
    while (!names.empty()) {
        const auto comma = names.find(',');
        const auto name = names.substr(0, comma);
        names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
        if (name.empty())
            continue;
        const auto* node = root.find(name);
        const auto* items = root.child(item_list);
        if (node == nullptr && items != nullptr)
            node = items->find(name);
        if (node == nullptr) {
            std::vector<std::string_view> known;
            collect_names(root, known);
            auto hint = did_you_mean(name, known);
            if (hint.empty())
                hint = "--json= lists the fields";
            return refuse(
                Exit::usage,
                "unknown_field",
                "the answer has no field " + usagectl::quoted(name),
                std::move(hint)
            );
        }
        selection.paths_.push_back(node->path);
    }
    if (!selection.everything())
        selection.paths_.emplace_back("schema");
    return selection;
}

bool Selection::wants(std::string_view path) const {
    return everything() ||
           std::any_of(paths_.begin(), paths_.end(), [path](std::string_view wanted) {
               return path == wanted ||
                      (path.size() > wanted.size() && path.substr(0, wanted.size()) == wanted &&
                       path[wanted.size()] == '.');
           });
}

bool Selection::reaches(std::string_view path) const {
    return wants(path) ||
           std::any_of(paths_.begin(), paths_.end(), [path](std::string_view wanted) {
               return wanted.size() > path.size() && wanted.substr(0, path.size()) == path &&
                      wanted[path.size()] == '.';
           });
}

void Selection::prune(const FieldNode& node, Json& value) const {
    if (everything() || wants(node.path))
        return;
    if (value.is_array()) {
        for (auto& element : value)
            prune(node, element);
        return;
    }
    if (!value.is_object())
        return;
    Json kept = Json::object();
    for (auto& [key, inner] : value.items()) {
        const auto* child = node.child(key);
        if (child == nullptr || !reaches(child->path))
            continue;
        prune(*child, inner);
        kept[key] = std::move(inner);
    }
    value = std::move(kept);
}

}  // namespace usagectl::cli
