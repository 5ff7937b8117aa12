// SPDX-License-Identifier: MIT
// Statements over many rows at once. A round trip to a server costs as much as hundreds of rows,
// and every count of values is a statement of its own: so rows go in a few fixed counts.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace usagectl::store {

// Calls `work(first, count)` until `size` is covered, in order.
template <class Work>
void in_chunks(std::size_t size, const Work& work) {
    std::size_t first = 0;
    for (const std::size_t count : std::array<std::size_t, 3>{256, 16, 1}) {
        for (; size - first >= count; first += count)
            work(first, count);
    }
}

// `rows` groups of `width` places: "$1, $2, $3", or "($1, $2), ($3, $4)" when width is above 1.
[[nodiscard]] inline std::string places(std::size_t rows, std::size_t width = 1) {
    std::string text;
    std::size_t place = 0;
    for (std::size_t row = 0; row < rows; ++row) {
        if (row > 0)
            text += ", ";
        if (width > 1)
            text += '(';
        for (std::size_t i = 0; i < width; ++i) {
            if (i > 0)
                text += ", ";
            text.append("$").append(std::to_string(++place));
        }
        if (width > 1)
            text += ')';
    }
    return text;
}

}  // namespace usagectl::store
