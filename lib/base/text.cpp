// SPDX-License-Identifier: MIT
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

namespace usagectl {
namespace {

constexpr std::size_t quoted_bytes = 48;
// Longer words are never compared: the distance costs the product of the lengths.
constexpr std::size_t comparable_bytes = 64;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

// Levenshtein distance, one row at a time, blind to the case of ASCII letters.
std::size_t edit_distance(std::string_view from, std::string_view to) {
    std::array<std::size_t, comparable_bytes + 1> row{};
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t changed = diagonal + (lower(from[i]) == lower(to[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row[to.size()];
}

std::string_view last_part(std::string_view name) {
    const std::size_t cut = name.find_last_of("/ ");
    return cut == std::string_view::npos ? name : name.substr(cut + 1);
}

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text.substr(0, quoted_bytes))
        out += c < ' ' || c > '~' ? '?' : c;
    out += text.size() > quoted_bytes ? "...'" : "'";
    return out;
}

std::vector<std::string_view>
nearest(std::string_view text, std::span<const std::string_view> candidates, std::size_t limit) {
    if (text.empty() || text.size() > comparable_bytes)
        return {};
    const std::size_t close = std::max<std::size_t>(1, text.size() / 3);
    std::vector<std::pair<std::size_t, std::string_view>> found;
    for (const std::string_view candidate : candidates) {
        if (candidate.size() > comparable_bytes)
            continue;
        const std::size_t distance =
            std::min(edit_distance(text, candidate), edit_distance(text, last_part(candidate)));
        if (distance <= close)
            found.emplace_back(distance, candidate);
    }
    std::sort(found.begin(), found.end());
    std::vector<std::string_view> names;
    for (const auto& [distance, name] : found) {
        if (names.size() == limit)
            break;
        names.push_back(name);
    }
    return names;
}

}  // namespace usagectl
