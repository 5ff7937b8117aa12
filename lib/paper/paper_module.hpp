// SPDX-License-Identifier: MIT
// What the program and its module "paper" agree on: a document is a list of marks on pages, and
// one C function that draws them; two more say what a layout has to know before it is drawn.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Lengths in tenths of a point, from the lower left corner. Colours as 0xRRGGBB.
struct UsagectlPaperMark {
    enum Kind : std::int32_t { page, text, line, dashes, box, qr, picture };
    enum Align : std::int32_t { left, centre, right };
    std::int32_t kind;
    std::int32_t x;
    std::int32_t y;
    std::int32_t width;   // page, box, picture; line, dashes: to x + width; qr: its side
    std::int32_t height;  // page, box, picture; line, dashes: to y + height; text: of the letters
    std::int32_t align;   // text: what x is
    std::int32_t bold;
    std::int32_t number;  // dashes: length of a dash and of a gap; picture: which one
    std::uint32_t colour;
    const char* letters;  // text: Windows-1252; qr: what it says, byte for byte
};

// Eight bits each of red, green and blue, rows from the top.
struct UsagectlPaperPicture {
    std::int32_t width;
    std::int32_t height;
    const void* pixels;
};

struct UsagectlPaperDocument {
    const char* title;  // Windows-1252
    const UsagectlPaperMark* marks;
    std::size_t mark_count;
    const UsagectlPaperPicture* pictures;
    std::size_t picture_count;
    std::int32_t true_size;  // 1: asks the viewer to print it unscaled
};

// Called first with no bytes and the size of all that will come, so that the taker has room at
// once, and then with all of it in pieces.
using UsagectlPaperBytes = void(void* context, const void* bytes, std::size_t size);

// Faults of the module itself; libharu's own numbers begin at 0x1001.
enum UsagectlPaperFault : unsigned long {
    usagectl_paper_no_page = 1,  // a mark comes before the first page
    usagectl_paper_qr_too_long,  // no QR code holds the text
};

// False, after one of the faults above or a number of libharu's own in `fault`, when it cannot be
// drawn.
bool usagectl_paper_draw(
    const UsagectlPaperDocument* document,
    void* context,
    UsagectlPaperBytes* take,
    unsigned long* fault
);

// The widths of the 256 letters of Windows-1252 in thousandths of the size of the letters, as
// libharu measures them. False when it does not.
bool usagectl_paper_letter_widths(std::int32_t bold, std::uint16_t* widths);

// The pixels of a PNG on white paper: what is transparent becomes white. False, with nothing handed
// over, when it is none, is damaged, or has more than `side_max` pixels on a side.
bool usagectl_paper_read_png(
    const void* png,
    std::size_t size,
    std::int32_t side_max,
    void* context,
    UsagectlPaperBytes* take,
    std::int32_t* width,
    std::int32_t* height
);
}
