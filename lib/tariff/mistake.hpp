// SPDX-License-Identifier: MIT
// What is wrong with a tariff file, and where.
#pragma once

#include <cstddef>
#include <string>

namespace usagectl::tariff {

// Lines and columns count from one; columns are characters, not bytes.
struct Place {
    std::size_t line = 1;
    std::size_t column = 1;
    bool operator==(const Place&) const = default;
};

struct Mistake {
    Place place;
    std::string message;    // what is wrong; lower case, no full stop
    std::string hint = {};  // the cure, where there is one to name
    bool operator==(const Mistake&) const = default;
};

}  // namespace usagectl::tariff
