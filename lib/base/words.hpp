// SPDX-License-Identifier: MIT
// The words of an enumeration: what commands, files and the store call its values.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace usagectl {

// One word for each enumerator, in the order of their declaration: the first has the value 0,
// `Last` is the last. As many words as enumerators, or it does not compile.
//
//     constexpr Words<Colour::blue> colours{"red", "green", "blue"};
template <auto Last>
class Words {
public:
    using Enum = decltype(Last);
    static constexpr std::size_t size = static_cast<std::size_t>(Last) + 1;

    template <class... Text>
    requires(sizeof...(Text) == size) constexpr explicit Words(const Text&... words)
        : words_{std::string_view(words)...} {}

    // Throws std::out_of_range for a number that is no enumerator.
    [[nodiscard]] constexpr std::string_view word(Enum value) const {
        return words_.at(static_cast<std::size_t>(value));
    }
    // None: no value is called that. Letter case counts.
    [[nodiscard]] constexpr std::optional<Enum> parse(std::string_view word) const {
        const auto found = std::find(words_.begin(), words_.end(), word);
        if (found == words_.end())
            return std::nullopt;
        return static_cast<Enum>(found - words_.begin());
    }

private:
    std::array<std::string_view, size> words_;
};

}  // namespace usagectl
