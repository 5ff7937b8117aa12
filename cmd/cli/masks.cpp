// SPDX-License-Identifier: MIT
#include "cli/masks.hpp"

#include <algorithm>

namespace usagectl::cli {

namespace {

constexpr std::size_t shortest_number = 8;

}  // namespace

std::string mask_phone(std::string_view number) {
    constexpr std::size_t kept_front = 5;
    constexpr std::size_t kept_back = 2;
    std::string masked(number);
    if (masked.size() <= kept_front + kept_back)
        return std::string(masked.size(), '*');
    std::fill(masked.begin() + kept_front, masked.end() - kept_back, '*');
    return masked;
}

std::string mask_phones(std::string_view text) {
    std::string masked;
    while (!text.empty()) {
        const auto begin = std::min(text.find('+'), text.size());
        masked += text.substr(0, begin);
        text.remove_prefix(begin);
        const auto end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        const auto word = text.substr(0, end);
        masked += end > shortest_number ? mask_phone(word) : std::string(word);
        text.remove_prefix(end);
    }
    return masked;
}

}  // namespace usagectl::cli
