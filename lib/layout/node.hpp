// SPDX-License-Identifier: MIT
// A TOML text as a tree of values that know where they stand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.hpp"
#include "layout/mistake.hpp"

namespace usagectl::layout {

struct Entry;

struct Node {
    enum class Type : std::uint8_t { table, array, string, integer, boolean, real, date, other };
    Type type = Type::table;
    Place place;
    std::string text;  // a string's value; otherwise the value as it is written
    std::optional<LocalDay> date = {};
    std::optional<std::int64_t> number = {};  // of an integer
    bool truth = false;                       // of a boolean
    std::vector<Entry> entries;               // of a table, in the order of the file
    std::vector<Node> elements = {};          // of an array

    [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Entry {
    std::string key;
    Place place;
    Node value;
};

[[nodiscard]] std::string_view to_string(Node::Type type);  // "a table", "a string", ...

// The root table; none, with a mistake, when the text is not TOML.
[[nodiscard]] std::optional<Node> parse_toml(std::string_view text, std::vector<Mistake>& mistakes);

}  // namespace usagectl::layout
