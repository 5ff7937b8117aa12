// SPDX-License-Identifier: MIT
// What the program and its module "paper" agree on: a document is a list of marks on pages, and
// one C function that draws them.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Lengths in tenths of a point, from the lower left corner. Colours as 0xRRGGBB.
struct UsagectlPaperMark {
    enum Kind : std::int32_t { page, text, line, box };
    enum Align : std::int32_t { left, centre, right };
    std::int32_t kind;
    std::int32_t x;
    std::int32_t y;
    std::int32_t width;   // page, box; line: to x + width
    std::int32_t height;  // page, box; line: to y + height; text: size of the letters
    std::int32_t align;   // text: what x is
    std::int32_t bold;
    std::uint32_t colour;
    const char* letters;  // text, Windows-1252
};

using UsagectlPaperBytes = void(void* context, const void* bytes, std::size_t size);

// False, after a number of libharu's own in `fault`, when it cannot be drawn.
bool usagectl_paper_draw(
    const char* title,
    const UsagectlPaperMark* marks,
    std::size_t count,
    void* context,
    UsagectlPaperBytes* take,
    unsigned long* fault
);
}
