// SPDX-License-Identifier: MIT
// A document to print: letters, lines, boxes, QR codes and pictures on pages, drawn as PDF by
// libharu, which only the command that draws one loads. Lengths are in tenths of a point (1/720
// inch), whole numbers, from the lower left corner of the page. What a document says is overwritten
// when it is let go: it may be secret.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "paper/paper_module.hpp"

namespace usagectl::paper {

enum class Align : std::uint8_t { left, centre, right };

struct Ink {
    std::uint32_t rgb = 0x202020;
    bool bold = false;
};

// A dash and the gap behind it are as long as each other, in whole points.
enum class Dash : std::uint8_t { fine = 10, coarse = 40 };

// A picture that a document holds, to be drawn as often as it takes.
struct Picture {
    int number = 0;
    int width = 0;  // pixels
    int height = 0;
};

struct Mark {
    UsagectlPaperMark::Kind kind = UsagectlPaperMark::page;
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    Align align = Align::left;
    Ink ink = {};
    int number = 0;       // dashes: length of one; picture: which
    Secret letters = {};  // text: Windows-1252; qr: what it says
};

class Document {
public:
    // US letter, 8.5 by 11 inches.
    static constexpr int letter_width = 6120;
    static constexpr int letter_height = 7920;
    // Of a PNG: bytes, and pixels on a side.
    static constexpr std::size_t png_max = std::size_t{4} << 20U;
    static constexpr int png_side_max = 4096;

    explicit Document(std::string title)
        : title_(std::move(title)) {}

    // The viewer is asked to print it as large as it is, not to fit it to the paper.
    void print_true_size() { true_size_ = true; }

    // Everything that follows is on a new page.
    void page(int width = letter_width, int height = letter_height);
    // One line of UTF-8 whose base line is at y; `size` is the height of the letters. Only what
    // Windows-1252 has can be printed; the rest becomes a question mark.
    void
    text(int x, int y, int size, std::string_view letters, Align align = Align::left, Ink ink = {});
    void line(int x, int y, int width, int height, std::uint32_t rgb = 0xb0b0b0);
    void dashes(int x, int y, int width, int height, Dash dash, std::uint32_t rgb = 0xb0b0b0);
    void box(int x, int y, int width, int height, std::uint32_t rgb);
    // A square with a QR code in black, its quiet zone of four squares inside. At most 2331 bytes
    // without a NUL; a longer text makes pdf() fail.
    void qr(int x, int y, int side, std::string_view says);
    // Takes in a PNG; what is transparent becomes white. Error code `picture_unreadable`, exit 6,
    // when it is none, is damaged, or is larger than png_max or png_side_max. Failure
    // `module_missing`.
    [[nodiscard]] Result<Picture> hold_png(std::string_view png);
    // As large as it can be in the box with its proportions kept, at the left, half-way up. The
    // width it takes.
    int picture(const Picture& picture, int x, int y, int width, int height);

    // The PDF, the same bytes for the same document; a caller who has secrets drawn wipes it.
    // Failure `pdf_not_drawn` when libharu gives up, `module_missing` when it is not installed.
    [[nodiscard]] std::string pdf() const;

    // What is drawn, in its order: what tests look at.
    [[nodiscard]] const std::vector<Mark>& marks() const { return marks_; }

private:
    struct Pixels {
        int width = 0;
        int height = 0;
        std::string bytes;
    };
    std::string title_;
    bool true_size_ = false;
    std::vector<Mark> marks_;
    std::vector<Pixels> pictures_;
};

// As Windows-1252 writes it; `?` for what it does not have and for broken UTF-8.
[[nodiscard]] std::string windows_1252(std::string_view utf8);

}  // namespace usagectl::paper
