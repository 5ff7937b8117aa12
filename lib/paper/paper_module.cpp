// SPDX-License-Identifier: MIT
#include "paper/paper_module.hpp"

#include <array>

#include <hpdf.h>

namespace {

// libharu calls it and goes on: the first fault is the one that tells.
void note_fault(HPDF_STATUS fault, HPDF_STATUS, void* first) {
    auto& kept = *static_cast<unsigned long*>(first);
    if (kept == 0)
        kept = fault;
}

HPDF_REAL points(std::int32_t tenths) {
    return static_cast<HPDF_REAL>(tenths) / 10;
}

struct Colour {
    HPDF_REAL red;
    HPDF_REAL green;
    HPDF_REAL blue;
};
Colour colour_of(std::uint32_t rgb) {
    const auto part = [rgb](unsigned shift) {
        return static_cast<HPDF_REAL>((rgb >> shift) & 0xffU) / 255;
    };
    return {part(16), part(8), part(0)};
}

class Drawing {
public:
    Drawing(HPDF_Doc document)
        : document_(document)
        , plain_(HPDF_GetFont(document, "Helvetica", "WinAnsiEncoding"))
        , bold_(HPDF_GetFont(document, "Helvetica-Bold", "WinAnsiEncoding")) {}

    void draw(const UsagectlPaperMark& mark) {
        switch (mark.kind) {
        case UsagectlPaperMark::page:
            page_ = HPDF_AddPage(document_);
            HPDF_Page_SetWidth(page_, points(mark.width));
            HPDF_Page_SetHeight(page_, points(mark.height));
            break;
        case UsagectlPaperMark::text:
            draw_text(mark);
            break;
        case UsagectlPaperMark::line:
            draw_line(mark);
            break;
        case UsagectlPaperMark::box:
            draw_box(mark);
            break;
        default:
            break;
        }
    }

private:
    void draw_text(const UsagectlPaperMark& mark) {
        const auto colour = colour_of(mark.colour);
        HPDF_Page_SetRGBFill(page_, colour.red, colour.green, colour.blue);
        HPDF_Page_SetFontAndSize(page_, mark.bold != 0 ? bold_ : plain_, points(mark.height));
        const auto width = HPDF_Page_TextWidth(page_, mark.letters);
        auto x = points(mark.x);
        if (mark.align == UsagectlPaperMark::right)
            x -= width;
        if (mark.align == UsagectlPaperMark::centre)
            x -= width / 2;
        HPDF_Page_BeginText(page_);
        HPDF_Page_TextOut(page_, x, points(mark.y), mark.letters);
        HPDF_Page_EndText(page_);
    }

    void draw_line(const UsagectlPaperMark& mark) {
        constexpr HPDF_REAL thin = 0.5F;
        const auto colour = colour_of(mark.colour);
        HPDF_Page_SetRGBStroke(page_, colour.red, colour.green, colour.blue);
        HPDF_Page_SetLineWidth(page_, thin);
        HPDF_Page_MoveTo(page_, points(mark.x), points(mark.y));
        HPDF_Page_LineTo(page_, points(mark.x + mark.width), points(mark.y + mark.height));
        HPDF_Page_Stroke(page_);
    }

    void draw_box(const UsagectlPaperMark& mark) {
        const auto colour = colour_of(mark.colour);
        HPDF_Page_SetRGBFill(page_, colour.red, colour.green, colour.blue);
        HPDF_Page_Rectangle(
            page_, points(mark.x), points(mark.y), points(mark.width), points(mark.height)
        );
        HPDF_Page_Fill(page_);
    }

    HPDF_Doc document_;
    HPDF_Font plain_;
    HPDF_Font bold_;
    HPDF_Page page_ = nullptr;
};

void hand_over(HPDF_Doc document, void* context, UsagectlPaperBytes* take) {
    HPDF_SaveToStream(document);
    HPDF_ResetStream(document);
    std::array<HPDF_BYTE, 16384> bytes{};
    while (true) {
        auto size = static_cast<HPDF_UINT32>(bytes.size());
        HPDF_ReadFromStream(document, bytes.data(), &size);
        if (size == 0)
            return;
        take(context, bytes.data(), size);
    }
}

}  // namespace

bool usagectl_paper_draw(
    const char* title,
    const UsagectlPaperMark* marks,
    std::size_t count,
    void* context,
    UsagectlPaperBytes* take,
    unsigned long* fault
) {
    *fault = 0;
    const auto document = HPDF_New(note_fault, fault);
    if (document == nullptr)
        return false;
    HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    HPDF_SetInfoAttr(document, HPDF_INFO_TITLE, title);
    Drawing drawing(document);
    for (std::size_t at = 0; at < count && *fault == 0; ++at)
        drawing.draw(marks[at]);
    // Reading the stream to its end is told as a fault, and is none.
    const bool drawn = *fault == 0;
    if (drawn)
        hand_over(document, context, take);
    HPDF_Free(document);
    return drawn;
}
