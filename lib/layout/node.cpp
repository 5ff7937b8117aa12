// SPDX-License-Identifier: MIT
#include "layout/node.hpp"

#include <algorithm>

#include "base/toml.hpp"

namespace usagectl::layout {

namespace {

Place place_of(const toml::source_position& at) {
    return {std::max<std::size_t>(at.line, 1), std::max<std::size_t>(at.column, 1)};
}

// A number as the file writes it, for the cure that puts it in quotes: a value ends before the
// blank, comma or bracket that follows it.
std::string written(std::string_view text, Place place) {
    std::size_t at = 0;
    for (std::size_t line = 1; line < place.line && at != std::string_view::npos; ++line) {
        at = text.find('\n', at);
        at += at == std::string_view::npos ? 0 : 1;
    }
    for (std::size_t column = 1; column < place.column && at < text.size(); ++column) {
        do {
            ++at;
        } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
    }
    if (at >= text.size())
        return {};
    return std::string(text.substr(at, text.find_first_of(" \t\r\n,]}#", at) - at));
}

std::optional<LocalDay> date_of(const toml::date& date) {
    const auto text = std::to_string(10'000 + date.year).substr(1) + "-" +
                      std::to_string(100 + date.month).substr(1) + "-" +
                      std::to_string(100 + date.day).substr(1);
    const auto day = parse_day(text);
    return day ? std::optional(*day) : std::nullopt;
}

Node convert(const toml::node& from, std::string_view text);

void add_entries(const toml::table& from, std::string_view text, Node& node) {
    for (const auto& [key, value] : from)
        node.entries.push_back(
            {std::string(key.str()), place_of(key.source().begin), convert(value, text)}
        );
    std::stable_sort(
        node.entries.begin(),
        node.entries.end(),
        [](const Entry& left, const Entry& right) {
            return std::pair(left.place.line, left.place.column) <
                   std::pair(right.place.line, right.place.column);
        }
    );
}

Node convert(const toml::node& from, std::string_view text) {
    using Type = Node::Type;
    Node node;
    node.place = place_of(from.source().begin);
    if (const auto* table = from.as_table()) {
        add_entries(*table, text, node);
        return node;
    }
    if (const auto* array = from.as_array()) {
        node.type = Type::array;
        for (const auto& element : *array)
            node.elements.push_back(convert(element, text));
        return node;
    }
    node.text = written(text, node.place);
    if (const auto* string = from.as_string()) {
        node.type = Type::string;
        node.text = string->get();
    } else if (from.is_integer()) {
        node.type = Type::integer;
        node.number = from.as_integer()->get();
    } else if (from.is_boolean()) {
        node.type = Type::boolean;
        node.truth = from.as_boolean()->get();
    } else if (from.is_floating_point()) {
        node.type = Type::real;
    } else if (const auto* date = from.as_date()) {
        node.type = Type::date;
        node.date = date_of(date->get());
    } else {
        node.type = Type::other;
    }
    return node;
}

}  // namespace

const Entry* Node::find(std::string_view key) const {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
        return entry.key == key;
    });
    return found == entries.end() ? nullptr : &*found;
}

std::string_view to_string(Node::Type type) {
    switch (type) {
    case Node::Type::table:
        return "a table";
    case Node::Type::array:
        return "an array";
    case Node::Type::string:
        return "a string";
    case Node::Type::integer:
        return "a whole number";
    case Node::Type::boolean:
        return "a truth value";
    case Node::Type::real:
        return "a floating-point number";
    case Node::Type::date:
        return "a date";
    case Node::Type::other:
        return "a time";
    }
    return {};
}

std::optional<Node> parse_toml(std::string_view text, std::vector<Mistake>& mistakes) {
    if (toml_too_deep(text)) {
        mistakes.push_back({{}, "the keys of the file have too many dots", {}});
        return std::nullopt;
    }
    try {
        const auto parsed = toml::parse(text);
        if (parsed)
            return convert(parsed.table(), text);
        const auto& error = parsed.error();
        mistakes.push_back(
            {place_of(error.source().begin),
             std::string(error.description()),
             "the file must be TOML: https://toml.io"}
        );
    } catch (const TomlAssertion&) {
        mistakes.push_back({{}, "a key is malformed", "the file must be TOML: https://toml.io"});
    }
    return std::nullopt;
}

}  // namespace usagectl::layout
