// SPDX-License-Identifier: MIT
#include "cli/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "base/text.hpp"

namespace usagectl::cli {

namespace {

struct Decoded {
    char32_t point = 0;
    std::size_t size = 0;  // bytes; 0: not UTF-8
};

// Shortest form only, no surrogates, nothing above U+10FFFF (RFC 3629, section 3).
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned first = byte(0);
    if (first < 0x80)
        return {first, 1};
    const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size)
        return {};
    char32_t point = first & (0x7FU >> size);
    for (std::size_t at = 1; at < size; ++at) {
        if ((byte(at) & 0xC0U) != 0x80U)
            return {};
        point = point << 6U | (byte(at) & 0x3FU);
    }
    const bool overlong = (size == 3 && point < 0x800) || (size == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (overlong || surrogate || point > 0x10FFFF)
        return {};
    return {point, size};
}

using Span = std::pair<char32_t, char32_t>;

bool within(char32_t point, std::span<const Span> spans) {
    return std::any_of(spans.begin(), spans.end(), [point](const Span& span) {
        return point >= span.first && point <= span.second;
    });
}

// Marks that stand on the character before them, and characters without any width.
constexpr std::array<Span, 12> zero_width{{
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x0591, 0x05BD},
    {0x0610, 0x061A},
    {0x064B, 0x065F},
    {0x0900, 0x0902},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
}};
// East Asian Wide and Fullwidth (Unicode Standard Annex 11), and emoji.
constexpr std::array<Span, 12> double_width{{
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x33FF},
    {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0x1F300, 0x1FAFF},
    {0x20000, 0x3FFFD},
}};

// Directional overrides can make a line read as something it is not.
bool is_control(char32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || point == 0x061C ||
           (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

void append_escaped(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : bytes) {
        const auto value = static_cast<unsigned char>(c);
        out += "\\x";
        out += digits[value >> 4U];
        out += digits[value & 0xFU];
    }
}

// Two neighbouring letters changed places: the commonest slip, and two edits by count.
bool swapped(std::string_view word, std::string_view name) {
    if (word.size() != name.size())
        return false;
    const auto [left, right] = std::mismatch(word.begin(), word.end(), name.begin());
    if (word.end() - left < 2)
        return false;
    return left[0] == right[1] && left[1] == right[0] &&
           std::equal(left + 2, word.end(), right + 2);
}

}  // namespace

std::string harmless(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto [point, size] = decode(text);
        if (size == 0) {
            out += "\xEF\xBF\xBD";
            text.remove_prefix(1);
            continue;
        }
        const auto bytes = text.substr(0, size);
        if (is_control(point)) {
            append_escaped(out, bytes);
        } else {
            out += bytes;
        }
        text.remove_prefix(size);
    }
    return out;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    while (!text.empty()) {
        const auto [point, size] = decode(text);
        if (point >= 0x300) {
            width += within(point, zero_width) ? 0U : within(point, double_width) ? 2U : 1U;
        } else {
            width += 1;
        }
        text.remove_prefix(std::max<std::size_t>(size, 1));
    }
    return width;
}

std::string wrap(std::string_view text, std::size_t width, std::size_t indent) {
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (word.empty())
            continue;
        const auto size = display_width(word);
        if (column == 0 || column + 1 + size > width) {
            if (column != 0)
                out += '\n';
            out.append(indent, ' ');
            column = indent;
        } else {
            out += ' ';
            ++column;
        }
        out += word;
        column += size;
    }
    return out;
}

std::string join(std::span<const std::string_view> parts, std::string_view between) {
    std::string out;
    for (const auto part : parts) {
        if (!out.empty())
            out += between;
        out += part;
    }
    return out;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
    constexpr std::size_t most = 3;
    auto names = nearest(word, known, most);
    for (const auto name : known) {
        const bool begins = word.size() >= 2 && name.substr(0, word.size()) == word;
        const bool listed = std::find(names.begin(), names.end(), name) != names.end();
        if (!listed && names.size() < most && (begins || swapped(word, name)))
            names.push_back(name);
    }
    if (names.empty())
        return {};
    return "did you mean " + join(names, ", ") + "?";
}

bool split_words(std::string_view text, std::vector<std::string>& words) {
    std::string word;
    bool started = false;
    char quote = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quote != 0 && c == quote) {
            quote = 0;
        } else if (c == '\\' && quote != '\'') {
            if (++at == text.size())
                return false;
            word += text[at];
            started = true;
        } else if (quote != 0) {
            word += c;
        } else if (c == '\'' || c == '"') {
            quote = c;
            started = true;
        } else if (c == ' ' || c == '\t' || c == '\n') {
            if (started)
                words.push_back(std::exchange(word, {}));
            started = false;
        } else {
            word += c;
            started = true;
        }
    }
    if (quote != 0)
        return false;
    if (started)
        words.push_back(std::move(word));
    return true;
}

}  // namespace usagectl::cli
