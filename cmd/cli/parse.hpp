// SPDX-License-Identifier: MIT
// Words of the command line, told apart and put into an options struct. CLI11 does the telling
// apart (parse.cpp is the only file that knows it); what a value means and every message are ours.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace usagectl::cli {

// An option as it was given; `value` is empty for a flag and for an optional value left out.
struct Given {
    const Word* word = nullptr;
    std::optional<std::string> value;
};

struct Tokens {
    std::vector<Given> given;          // options, in the order of `words`, then of the line
    std::vector<std::string> rest;     // everything else, in order
    std::vector<std::string> unknown;  // looks like an option, is none
};

enum class Until : std::uint8_t { end, first_argument };

// Until::first_argument leaves the first positional argument and all after it in `rest`, as given.
// Errors: `missing_value`, `unexpected_value` (both exit 2).
[[nodiscard]] Result<Tokens>
tokenise(std::span<const Word* const> words, std::span<const std::string> arguments, Until until);

[[nodiscard]] inline bool is_option(const Word& word) {
    return word.name.substr(0, 1) == "-";
}
[[nodiscard]] inline bool is_flag(const Word& word) {
    return word.value.empty();
}

// Checks choices, converts, stores; an error names the option.
[[nodiscard]] Result<void> assign(const Word& word, std::string_view text, void* options);

// Gives `arguments` to the positional words in order; the last may be repeatable. Then sees that
// nothing required is missing. `given` are the options that were there.
[[nodiscard]] Result<void> assign_arguments(
    const Spec& spec,
    std::span<const std::string> arguments,
    std::span<const Given> given,
    void* options
);

}  // namespace usagectl::cli
