// SPDX-License-Identifier: MIT
// The refusal of a file that has mistakes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "layout/mistake.hpp"

namespace usagectl::app {

// Error `<noun>_malformed` (6): the first mistake, with its place, and how many there are; all of
// them are explained by `usagectl <noun> check`. Precondition: there is one.
[[nodiscard]] inline Error malformed_file(
    const std::string& noun, const std::string& path, const std::vector<layout::Mistake>& mistakes
) {
    const auto& first = mistakes.front();
    auto message = path + ":" + std::to_string(first.place.line) + ":" +
                   std::to_string(first.place.column) + ": " + first.message;
    if (mistakes.size() > 1)
        message += " (1 of " + std::to_string(mistakes.size()) + " mistakes)";
    return {
        Exit::rejected,
        noun + "_malformed",
        std::move(message),
        mistakes.size() > 1 || first.hint.empty()
            ? "usagectl " + noun + " check " + path + " explains every mistake"
            : first.hint,
    };
}

}  // namespace usagectl::app
