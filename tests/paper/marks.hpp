// SPDX-License-Identifier: MIT
// Where the marks of a document lie.
#pragma once

#include <string>
#include <vector>

#include "paper/document.hpp"

namespace usagectl::paper_test {

struct Rectangle {
    int left = 0;
    int bottom = 0;
    int right = 0;
    int top = 0;
    std::string what;  // letters of a text, kind of another mark
};

// Of a text: as wide as text_width() says, from a fifth of its size below the base line to three
// quarters above it. Of a line: none of its thickness.
[[nodiscard]] Rectangle rectangle(const paper::Mark& mark);

// The marks of each page, without the mark that begins it.
[[nodiscard]] std::vector<std::vector<paper::Mark>> pages(const paper::Document& document);

// Touching is no overlap.
[[nodiscard]] bool overlap(const Rectangle& one, const Rectangle& other);
[[nodiscard]] bool inside(const Rectangle& inner, const Rectangle& outer);

}  // namespace usagectl::paper_test
