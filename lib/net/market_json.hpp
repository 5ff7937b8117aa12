// SPDX-License-Identifier: MIT
// JSON as the market adapters need it: answers from a stranger, read without trust, and the small
// objects that are sent. A number stays the text it was, so that energy is never a floating point
// number; nesting and size are limited.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace usagectl::net {

struct Json {
    enum class Kind : std::uint8_t { null, boolean, number, text, list, object };
    Kind kind = Kind::null;
    bool truth = false;
    // Of a text; of a number, as a plain decimal (`2.3459133E+4` is "23459.133"), or as it stood
    // when its exponent is beyond all measure.
    std::string text;
    std::vector<Json> items;         // of a list; of an object, the values as they came
    std::vector<std::string> names;  // of an object: one for each item

    [[nodiscard]] bool is(Kind wanted) const { return kind == wanted; }
    // The member of an object with one of these names, letter case apart (the services write
    // `esiid`, `ESIID`, `Esiid`); earlier names win. Null pointer: none, or no object.
    [[nodiscard]] const Json* find(std::initializer_list<std::string_view> wanted) const;
    // The same, when it is a text or a number; empty text without one, or when it is null.
    [[nodiscard]] std::string_view word(std::initializer_list<std::string_view> wanted) const;
};

inline constexpr std::size_t most_json_depth = 32;
inline constexpr std::size_t most_json_values = 4'000'000;

// Error code `market_answer_malformed` (5): no JSON, something behind it, too deep, too much.
[[nodiscard]] Result<Json> parse_json(std::string_view text);

// One flat object, as the requests are.
class JsonObject {
public:
    JsonObject& text(std::string_view name, std::string_view value);
    JsonObject& null(std::string_view name);
    JsonObject& list(std::string_view name, std::span<const std::string> values);
    [[nodiscard]] std::string take();

private:
    void name(std::string_view name);
    std::string text_;
};

}  // namespace usagectl::net
