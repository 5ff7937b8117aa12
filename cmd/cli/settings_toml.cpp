// SPDX-License-Identifier: MIT
#include "cli/settings_toml.hpp"

#include <algorithm>
#include <utility>

#include "base/toml.hpp"

namespace usagectl::cli {

namespace {

std::string place(const std::string& file, const toml::source_position& at) {
    return file + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

tl::unexpected<Error> malformed(std::string message) {
    return refuse(
        Exit::usage,
        "config_malformed",
        std::move(message),
        "correct the file; usagectl-config(5) describes it"
    );
}

Result<toml::table> parse_toml(std::string_view text, const std::string& file) {
    if (toml_too_deep(text))
        return malformed(file + ": keys have too many parts");
    try {
        auto parsed = toml::parse(text);
        if (parsed)
            return std::move(parsed).table();
        const auto& error = parsed.error();
        return malformed(
            place(file, error.source().begin) + ": " + std::string(error.description())
        );
    } catch (const TomlAssertion&) {
        return malformed(file + ": a key is malformed");
    }
}

TomlValue leaf(const toml::node& node, const std::vector<std::string>& path) {
    TomlValue value{path, "other", {}, node.source().begin.line, node.source().begin.column};
    if (const auto* text = node.as_string()) {
        value.type = "string";
        value.text = text->get();
    } else if (const auto* integer = node.as_integer()) {
        value.type = "integer";
        value.text = std::to_string(integer->get());
    } else if (const auto* boolean = node.as_boolean()) {
        value.type = "boolean";
        value.text = boolean->get() ? "true" : "false";
    }
    return value;
}

void flatten(
    const toml::table& table, std::vector<std::string>& path, std::vector<TomlValue>& out
) {
    for (const auto& [key, node] : table) {
        path.emplace_back(key.str());
        if (const auto* inner = node.as_table()) {
            flatten(*inner, path, out);
        } else {
            out.push_back(leaf(node, path));
        }
        path.pop_back();
    }
}

// Positions count lines and code points from one.
std::size_t offset_of(std::string_view text, toml::source_position at) {
    std::size_t offset = 0;
    for (toml::source_index line = 1; line < at.line && offset < text.size(); ++line) {
        offset = std::min(text.find('\n', offset), text.size() - 1) + 1;
    }
    for (toml::source_index column = 1; column < at.column && offset < text.size(); ++column) {
        do {
            ++offset;
        } while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U
        );
    }
    return offset;
}

std::size_t after_line(std::string_view text, toml::source_index line) {
    return offset_of(text, {line + 1, 1});
}

std::string literal(std::string_view type, std::string_view value) {
    if (type != "string")
        return std::string(value);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            out += "\\u00";
            out += digits[byte >> 4U];
            out += digits[byte & 0xFU];
        } else {
            out += c;
        }
    }
    return out + "\"";
}

// Where a new value of `table` goes: after the last one it has, else right under its heading.
std::size_t insertion_point(std::string_view text, const toml::table& table, bool root) {
    toml::source_index last = root ? 0 : table.source().begin.line;
    for (const auto& [key, node] : table) {
        if (!node.is_table() && !node.is_array_of_tables()) {
            last = std::max(last, node.source().end.line);
        }
    }
    return last == 0 ? 0 : after_line(text, last);
}

std::string with_line(std::string_view text, std::size_t at, const std::string& line) {
    std::string out(text.substr(0, at));
    if (!out.empty() && out.back() != '\n')
        out += '\n';
    return out.append(line).append("\n").append(text.substr(at));
}

const toml::node* find(const toml::table& root, const std::vector<std::string>& path) {
    const toml::node* node = &root;
    for (const auto& part : path) {
        const auto* table = node->as_table();
        node = table == nullptr ? nullptr : table->get(part);
        if (node == nullptr)
            return nullptr;
    }
    return node;
}

std::string dotted(const std::vector<std::string>& path) {
    std::string out;
    for (const auto& part : path)
        out += (out.empty() ? "" : ".") + part;
    return out;
}

std::string edited(
    std::string_view text,
    const toml::table& root,
    const std::vector<std::string>& path,
    const std::string& value
) {
    if (const auto* node = find(root, path)) {
        const auto begin = offset_of(text, node->source().begin);
        const auto end = offset_of(text, node->source().end);
        return std::string(text.substr(0, begin)).append(value).append(text.substr(end));
    }
    const std::vector<std::string> parent(path.begin(), path.end() - 1);
    const auto line = path.back() + " = " + value;
    const auto* holder = find(root, parent);
    if (holder != nullptr && holder->is_table()) {
        return with_line(text, insertion_point(text, *holder->as_table(), parent.empty()), line);
    }
    const std::string_view gap = text.empty() ? "" : "\n";
    return with_line(text, text.size(), std::string(gap) + "[" + dotted(parent) + "]\n" + line);
}

bool same_but(
    const std::vector<TomlValue>& before,
    const std::vector<TomlValue>& after,
    const std::vector<std::string>& path,
    std::string_view value
) {
    using Pair = std::pair<std::vector<std::string>, std::string>;
    std::vector<Pair> expected{{path, std::string(value)}};
    std::vector<Pair> found;
    for (const auto& entry : before) {
        if (entry.path != path)
            expected.emplace_back(entry.path, entry.text);
    }
    for (const auto& entry : after)
        found.emplace_back(entry.path, entry.text);
    std::sort(expected.begin(), expected.end());
    std::sort(found.begin(), found.end());
    return expected == found;
}

}  // namespace

Result<std::vector<TomlValue>> read_toml(std::string_view text, const std::string& file) {
    auto root = parse_toml(text, file);
    if (!root)
        return tl::unexpected(std::move(root.error()));
    std::vector<TomlValue> values;
    std::vector<std::string> path;
    flatten(*root, path, values);
    std::sort(values.begin(), values.end(), [](const TomlValue& left, const TomlValue& right) {
        return std::pair(left.line, left.column) < std::pair(right.line, right.column);
    });
    return values;
}

Result<std::string> set_toml(
    std::string_view text,
    const std::string& file,
    const std::vector<std::string>& path,
    std::string_view type,
    std::string_view value
) {
    const auto root = parse_toml(text, file);
    if (!root)
        return tl::unexpected(root.error());
    const auto before = read_toml(text, file);
    auto out = edited(text, *root, path, literal(type, value));
    // Dotted keys and inline tables can defeat an edit by place: the result is read back, and is
    // good only if this value changed and no other did.
    const auto after = read_toml(out, file);
    if (!after || !same_but(*before, *after, path, value)) {
        return refuse(
            Exit::usage,
            "config_not_editable",
            file + ": " + dotted(path) + " cannot be set without rewriting the file",
            "edit the file by hand: " + path.back() + " = " + literal(type, value)
        );
    }
    return out;
}

}  // namespace usagectl::cli
