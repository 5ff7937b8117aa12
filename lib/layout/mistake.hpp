// SPDX-License-Identifier: MIT
// What is wrong with a file, and where.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <string>
#include <vector>

namespace usagectl::layout {

// Lines and columns count from one; columns are characters, not bytes.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
    auto operator<=>(const Place&) const = default;
};

struct Mistake {
    Place place;
    std::string message;    // what is wrong; lower case, no full stop
    std::string hint = {};  // the cure, where there is one to name
    bool operator==(const Mistake&) const = default;
};

// In the order of the file.
inline void sort_by_place(std::vector<Mistake>& mistakes) {
    std::stable_sort(
        mistakes.begin(),
        mistakes.end(),
        [](const Mistake& left, const Mistake& right) { return left.place < right.place; }
    );
}

}  // namespace usagectl::layout
