// SPDX-License-Identifier: MIT
// A document to print: letters, lines and boxes on pages, drawn as PDF by libharu, which only the
// command that draws one loads. Lengths are in tenths of a point (1/720 inch), whole numbers, from
// the lower left corner of the page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace usagectl::paper {

enum class Align : std::uint8_t { left, centre, right };

struct Ink {
    std::uint32_t rgb = 0x202020;
    bool bold = false;
};

class Document {
public:
    // US letter, 8.5 by 11 inches.
    static constexpr int letter_width = 6120;
    static constexpr int letter_height = 7920;

    explicit Document(std::string title)
        : title_(std::move(title)) {}

    // Everything that follows is on a new page.
    void page(int width = letter_width, int height = letter_height);
    // One line of UTF-8 whose base line is at y; `size` is the height of the letters. Only what
    // Windows-1252 has can be printed; the rest becomes a question mark.
    void
    text(int x, int y, int size, std::string_view letters, Align align = Align::left, Ink ink = {});
    void line(int x, int y, int width, int height, std::uint32_t rgb = 0xb0b0b0);
    void box(int x, int y, int width, int height, std::uint32_t rgb);

    // The PDF, the same bytes for the same document. Failure `pdf_not_drawn` when libharu gives up,
    // `module_missing` when it is not installed.
    [[nodiscard]] std::string pdf() const;

private:
    struct Mark {
        int kind = 0;
        int x = 0;
        int y = 0;
        int width = 0;
        int height = 0;
        Align align = Align::left;
        Ink ink;
        std::string letters;
    };
    std::string title_;
    std::vector<Mark> marks_;
};

// As Windows-1252 writes it; `?` for what it does not have and for broken UTF-8.
[[nodiscard]] std::string windows_1252(std::string_view utf8);

}  // namespace usagectl::paper
