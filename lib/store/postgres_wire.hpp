// SPDX-License-Identifier: MIT
// PostgreSQL's binary forms of the few types the store uses, in network byte order: the values of
// statements, arrays of them, and the rows of COPY (PostgreSQL 15 manual, "COPY", Binary Format).
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "store/session.hpp"

namespace usagectl::store::wire {

// Object identifiers of pg_type, fixed for ever.
enum Type : unsigned {
    unknown = 0,
    boolean = 16,
    bytea = 17,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25,
    bytea_array = 1001,
    text_array = 1009,
    int8_array = 1016,
};

template <std::integral T>
void append(std::string& out, T value) {
    using Unsigned = std::make_unsigned_t<T>;
    const auto bits = static_cast<Unsigned>(value);
    for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8) {
        out += static_cast<char>((bits >> shift) & 0xff);
    }
}

template <std::integral T>
[[nodiscard]] T read(std::string_view bytes) {
    USAGECTL_ASSERT(bytes.size() == sizeof(T));
    std::make_unsigned_t<T> bits = 0;
    for (const char byte : bytes) {
        bits = static_cast<std::make_unsigned_t<T>>((bits << 8) | static_cast<unsigned char>(byte));
    }
    return static_cast<T>(bits);
}

// A null leaves the type for the server to infer.
[[nodiscard]] inline Type type_of(const Value& value) {
    if (std::holds_alternative<std::int64_t>(value))
        return int8;
    if (std::holds_alternative<std::string_view>(value))
        return text;
    if (std::holds_alternative<Bytes>(value))
        return bytea;
    return unknown;
}

[[nodiscard]] inline Type array_of(Type element) {
    if (element == int8)
        return int8_array;
    return element == text ? text_array : bytea_array;
}

// The value itself, without its length.
inline void append_value(std::string& out, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        append(out, *number);
    } else if (const auto* words = std::get_if<std::string_view>(&value)) {
        out += *words;
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        out += bytes->view;
    }
}

[[nodiscard]] inline std::size_t size_of(const Value& value) {
    if (const auto* words = std::get_if<std::string_view>(&value))
        return words->size();
    if (const auto* bytes = std::get_if<Bytes>(&value))
        return bytes->view.size();
    return sizeof(std::int64_t);
}

// A field of COPY or an element of an array: its length, then the value.
inline void append_field(std::string& out, const Value& value) {
    USAGECTL_ASSERT(!std::holds_alternative<std::monostate>(value));
    append(out, static_cast<std::int32_t>(size_of(value)));
    append_value(out, value);
}

inline constexpr std::string_view copy_signature{"PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19};
inline constexpr std::int16_t copy_trailer = -1;

// One dimension, no nulls, lower bound 1.
inline void append_array_header(std::string& out, Type element, std::size_t size) {
    append(out, std::int32_t{1});
    append(out, std::int32_t{0});
    append(out, static_cast<std::int32_t>(element));
    append(out, static_cast<std::int32_t>(size));
    append(out, std::int32_t{1});
}

}  // namespace usagectl::store::wire
