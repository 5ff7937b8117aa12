// SPDX-License-Identifier: MIT
#include "paper/document.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.hpp"
#include "base/module.hpp"
#include "paper/paper_module.hpp"

namespace usagectl::paper {

namespace {

// What lies at 0x80 to 0x9f, where Windows-1252 differs from Latin-1; 0: nothing.
constexpr std::array<char32_t, 32> upper_controls{
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

char letter_of(char32_t point) {
    if ((point >= 0x20 && point < 0x7f) || (point >= 0xa0 && point <= 0xff))
        return static_cast<char>(static_cast<unsigned char>(point));
    const auto* found = std::find(upper_controls.begin(), upper_controls.end(), point);
    if (point == 0 || found == upper_controls.end())
        return '?';
    return static_cast<char>(static_cast<unsigned char>(0x80 + (found - upper_controls.begin())));
}

// Takes one code point off the front; U+FFFD for what is none.
char32_t take_point(std::string_view& utf8) {
    constexpr char32_t broken = 0xfffd;
    const auto byte = [&](std::size_t at) {
        return static_cast<char32_t>(static_cast<unsigned char>(utf8[at]));
    };
    const auto first = byte(0);
    std::size_t size = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    char32_t point = size == 1 ? first : first & (0x7fU >> size);
    bool sound = size <= utf8.size() && (first < 0x80 || first >= 0xc2) && first < 0xf5;
    for (std::size_t at = 1; sound && at < size; ++at) {
        sound = (byte(at) & 0xc0U) == 0x80;
        point = (point << 6U) | (byte(at) & 0x3fU);
    }
    utf8.remove_prefix(sound ? size : 1);
    return sound ? point : broken;
}

void take_bytes(void* into, const void* bytes, std::size_t size) {
    static_cast<std::string*>(into)->append(static_cast<const char*>(bytes), size);
}

}  // namespace

std::string windows_1252(std::string_view utf8) {
    std::string text;
    while (!utf8.empty())
        text += letter_of(take_point(utf8));
    return text;
}

void Document::page(int width, int height) {
    marks_.push_back({UsagectlPaperMark::page, 0, 0, width, height, {}, {}, {}});
}

void Document::text(int x, int y, int size, std::string_view letters, Align align, Ink ink) {
    marks_.push_back({UsagectlPaperMark::text, x, y, 0, size, align, ink, windows_1252(letters)});
}

void Document::line(int x, int y, int width, int height, std::uint32_t rgb) {
    marks_.push_back({UsagectlPaperMark::line, x, y, width, height, {}, {rgb, false}, {}});
}

void Document::box(int x, int y, int width, int height, std::uint32_t rgb) {
    marks_.push_back({UsagectlPaperMark::box, x, y, width, height, {}, {rgb, false}, {}});
}

std::string Document::pdf() const {
    std::vector<UsagectlPaperMark> marks;
    marks.reserve(marks_.size());
    for (const auto& mark : marks_) {
        marks.push_back(
            {mark.kind,
             mark.x,
             mark.y,
             mark.width,
             mark.height,
             static_cast<std::int32_t>(mark.align),
             mark.ink.bold ? 1 : 0,
             mark.ink.rgb,
             mark.letters.c_str()}
        );
    }
    const auto draw =
        module_function<decltype(usagectl_paper_draw)>("paper", "usagectl_paper_draw");
    std::string bytes;
    unsigned long fault = 0;
    const auto title = windows_1252(title_);
    if (!draw(title.c_str(), marks.data(), marks.size(), &bytes, take_bytes, &fault)) {
        throw Failure(
            "pdf_not_drawn", "the PDF cannot be drawn: libharu says " + std::to_string(fault)
        );
    }
    return bytes;
}

}  // namespace usagectl::paper
