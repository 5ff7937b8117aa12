// SPDX-License-Identifier: MIT
// The declared fields of an answer as a tree: what a printed answer is checked against, what
// `--json=FIELDS` selects from, what the JSON schema and the csv columns come from.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "cli/command.hpp"

namespace usagectl::cli {

using Json = nlohmann::ordered_json;

struct FieldNode {
    std::string name;
    std::string path;       // "items.start": without brackets
    std::string_view type;  // as in Field; "object" for a parent that is not declared itself
    std::string_view help;
    bool nullable = false;
    bool list = false;  // an array whose elements have the children
    std::vector<FieldNode> children;

    [[nodiscard]] const FieldNode* child(std::string_view child_name) const;
    [[nodiscard]] const FieldNode* find(std::string_view dotted_path) const;
};

// The root object, with `schema` first.
[[nodiscard]] FieldNode field_tree(std::span<const Field> fields);

// Throws Bug unless `value` has exactly the fields of `node`, each of its type: an answer that its
// own documentation does not describe must not leave the program. The item list may be left out
// with `skip`.
void check_fields(const FieldNode& node, const Json& value, std::string_view skip = {});

// For an answer that was kept by an older usagectl: fields it did not know of say that there was
// nothing of the kind, by null, an empty list, 0 or false. A text that must be there stays missing.
void add_absent(const FieldNode& node, Json& value);

// The paths of all fields below `node` that have no fields themselves; lists of objects excluded.
[[nodiscard]] std::vector<std::string> leaf_paths(const FieldNode& node);

// The value at a dotted path, null when there is none.
[[nodiscard]] const Json* value_at(const Json& object, std::string_view dotted_path);

// Which fields of an answer are wanted.
class Selection {
public:
    Selection() = default;  // everything
    // `names` as given, comma-separated: a root field, a field of the items, or a dotted path.
    // Error code `unknown_field`, exit 2, with the nearest names.
    [[nodiscard]] static Result<Selection>
    parse(std::string_view names, const FieldNode& root, std::string_view item_list);

    [[nodiscard]] bool everything() const { return paths_.empty(); }
    // Drops what is not wanted from the value of `node`.
    void prune(const FieldNode& node, Json& value) const;
    [[nodiscard]] bool wants(std::string_view path) const;  // it, or something it is part of

    [[nodiscard]] bool reaches(std::string_view path) const;  // it, or something inside it

private:
    std::vector<std::string> paths_;
};

}  // namespace usagectl::cli
