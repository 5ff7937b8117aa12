// SPDX-License-Identifier: MIT
#include "plot/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace usagectl::plot {

namespace {

struct Character {
    std::uint32_t code = 0;
    std::size_t size = 1;
    bool sound = false;
};

Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t at) {
        return at < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[at]))
                                : 0U;
    };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) {
        return {lead, 1, lead >= 0x20 && lead != 0x7F};
    }
    const std::size_t size = lead < 0xC2   ? 1
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 1;
    std::uint32_t code = lead & (0x7FU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U) {
            return {lead, 1, false};
        }
        code = code << 6U | (byte(at) & 0x3FU);
    }
    return {code, size, size > 1 && code >= 0xA0};
}

struct Range {
    std::uint32_t first, last;
};

template <std::size_t Size>
bool within(const std::array<Range, Size>& ranges, std::uint32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [&](Range range) {
        return code >= range.first && code <= range.last;
    });
}

// The blocks of Unicode that matter for names and titles, not every character in them.
constexpr std::array<Range, 6> combining{{
    {0x0300, 0x036F},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
}};
constexpr std::array<Range, 8> wide{{
    {0x1100, 0x115F},
    {0x2E80, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

int columns(const Character& character) {
    if (!character.sound) {
        return 1;
    }
    return within(combining, character.code) ? 0 : within(wide, character.code) ? 2 : 1;
}

}  // namespace

int display_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        if (text.substr(0, 2) == "\x1b[") {
            text.remove_prefix(std::min(text.find('m'), text.size() - 1) + 1);
            continue;
        }
        const Character character = first_character(text);
        width += columns(character);
        text.remove_prefix(character.size);
    }
    return width;
}

std::string clip(std::string_view text, int width) {
    std::string out;
    while (!text.empty()) {
        const Character character = first_character(text);
        width -= columns(character);
        if (width < 0) {
            break;
        }
        out += character.sound ? text.substr(0, character.size) : std::string_view("?");
        text.remove_prefix(character.size);
    }
    return out;
}

std::vector<std::string> wrap(const std::vector<std::string>& parts, int width) {
    std::vector<std::string> lines;
    for (const std::string& part : parts) {
        const std::string text = clip(part, width);
        const bool fits =
            !lines.empty() && display_width(lines.back()) + 2 + display_width(text) <= width;
        if (fits) {
            lines.back() += "  " + text;
        } else {
            lines.push_back(text);
        }
    }
    return lines;
}

}  // namespace usagectl::plot
