// SPDX-License-Identifier: MIT
#include "paper/paper_module.hpp"

#include <array>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <hpdf.h>
#include <malloc.h>

#include "paper/qr_squares.hpp"

namespace {

// libharu calls it and goes on: the first fault is the one that tells.
void note_fault(HPDF_STATUS fault, HPDF_STATUS, void* first) {
    auto& kept = *static_cast<unsigned long*>(first);
    if (kept == 0)
        kept = fault;
}

// Pages may say secrets (the PINs of cards): what libharu gives back is overwritten first. What
// zlib keeps while it packs a page, some hundred kilobytes, is out of reach and merely freed.
void* take_memory(HPDF_UINT size) {
    return std::malloc(size);
}
void give_back_memory(void* memory) {
    if (memory != nullptr)
        explicit_bzero(memory, malloc_usable_size(memory));
    std::free(memory);
}

HPDF_Doc new_document(unsigned long* fault) {
    constexpr HPDF_UINT no_pool = 0;
    return HPDF_NewEx(note_fault, take_memory, give_back_memory, no_pool, fault);
}

HPDF_Font font_of(HPDF_Doc document, bool bold) {
    return HPDF_GetFont(document, bold ? "Helvetica-Bold" : "Helvetica", "WinAnsiEncoding");
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
    Drawing(HPDF_Doc document, unsigned long* fault)
        : document_(document)
        , fault_(fault)
        , plain_(font_of(document, false))
        , bold_(font_of(document, true)) {}

    // Once for each picture, however often it is drawn.
    void hold(const UsagectlPaperPicture& picture) {
        pictures_.push_back(HPDF_LoadRawImageFromMem(
            document_,
            static_cast<const HPDF_BYTE*>(picture.pixels),
            static_cast<HPDF_UINT>(picture.width),
            static_cast<HPDF_UINT>(picture.height),
            HPDF_CS_DEVICE_RGB,
            8
        ));
    }

    void draw(const UsagectlPaperMark& mark) {
        if (mark.kind == UsagectlPaperMark::page) {
            page_ = HPDF_AddPage(document_);
            if (page_ == nullptr)  // the fault is noted
                return;
            HPDF_Page_SetWidth(page_, points(mark.width));
            HPDF_Page_SetHeight(page_, points(mark.height));
            return;
        }
        if (page_ == nullptr) {
            note_fault(usagectl_paper_no_page, 0, fault_);
            return;
        }
        draw_on_page(mark);
    }

private:
    void draw_on_page(const UsagectlPaperMark& mark) {
        switch (mark.kind) {
        case UsagectlPaperMark::text:
            draw_text(mark);
            break;
        case UsagectlPaperMark::line:
        case UsagectlPaperMark::dashes:
            draw_line(mark);
            break;
        case UsagectlPaperMark::box:
            draw_box(mark);
            break;
        case UsagectlPaperMark::qr:
            draw_qr(mark);
            break;
        case UsagectlPaperMark::picture:
            draw_picture(mark);
            break;
        default:
            break;
        }
    }

    void draw_text(const UsagectlPaperMark& mark) {
        fill_with(mark.colour);
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
        const bool dashed = mark.kind == UsagectlPaperMark::dashes;
        // libharu knows dashes of whole points.
        const auto dash = static_cast<HPDF_UINT16>(mark.number / 10);
        if (dashed)
            HPDF_Page_SetDash(page_, &dash, 1, 0);
        HPDF_Page_MoveTo(page_, points(mark.x), points(mark.y));
        HPDF_Page_LineTo(page_, points(mark.x + mark.width), points(mark.y + mark.height));
        HPDF_Page_Stroke(page_);
        if (dashed)
            HPDF_Page_SetDash(page_, nullptr, 0, 0);
    }

    void draw_box(const UsagectlPaperMark& mark) {
        fill_with(mark.colour);
        HPDF_Page_Rectangle(
            page_, points(mark.x), points(mark.y), points(mark.width), points(mark.height)
        );
        HPDF_Page_Fill(page_);
    }

    // One path in units of a square: it is short, and no viewer leaves hairlines between rows.
    void draw_qr(const UsagectlPaperMark& mark) {
        constexpr int quiet = 4;  // squares of white all around, as ISO/IEC 18004 wants them
        const auto squares = usagectl::paper::qr_squares(mark.letters);
        if (squares.side == 0) {
            note_fault(usagectl_paper_qr_too_long, 0, fault_);
            return;
        }
        const auto unit = points(mark.width) / static_cast<HPDF_REAL>(squares.side + 2 * quiet);
        HPDF_Page_GSave(page_);
        fill_with(mark.colour);
        HPDF_Page_Concat(
            page_, unit, 0, 0, unit, points(mark.x) + quiet * unit, points(mark.y) + quiet * unit
        );
        for (const auto& run : squares.runs) {
            HPDF_Page_Rectangle(
                page_,
                static_cast<HPDF_REAL>(run.column),
                static_cast<HPDF_REAL>(squares.side - 1 - run.row),
                static_cast<HPDF_REAL>(run.length),
                1
            );
        }
        HPDF_Page_Fill(page_);
        HPDF_Page_GRestore(page_);
    }

    void draw_picture(const UsagectlPaperMark& mark) {
        HPDF_Page_DrawImage(
            page_,
            pictures_.at(static_cast<std::size_t>(mark.number)),
            points(mark.x),
            points(mark.y),
            points(mark.width),
            points(mark.height)
        );
    }

    void fill_with(std::uint32_t rgb) {
        const auto colour = colour_of(rgb);
        HPDF_Page_SetRGBFill(page_, colour.red, colour.green, colour.blue);
    }

    HPDF_Doc document_;
    unsigned long* fault_;
    HPDF_Font plain_;
    HPDF_Font bold_;
    HPDF_Page page_ = nullptr;
    std::vector<HPDF_Image> pictures_;
};

// False when libharu could not put the document together.
bool hand_over(
    HPDF_Doc document, void* context, UsagectlPaperBytes* take, const unsigned long* fault
) {
    HPDF_SaveToStream(document);
    if (*fault != 0)
        return false;
    take(context, nullptr, HPDF_GetStreamSize(document));
    HPDF_ResetStream(document);
    std::array<HPDF_BYTE, 16384> bytes{};
    while (true) {
        auto size = static_cast<HPDF_UINT32>(bytes.size());
        // Reading the stream to its end is told as a fault, and is none.
        HPDF_ReadFromStream(document, bytes.data(), &size);
        if (size == 0)
            break;
        take(context, bytes.data(), size);
    }
    explicit_bzero(bytes.data(), bytes.size());
    return true;
}

}  // namespace

bool usagectl_paper_draw(
    const UsagectlPaperDocument* document,
    void* context,
    UsagectlPaperBytes* take,
    unsigned long* fault
) {
    *fault = 0;
    const auto pdf = new_document(fault);
    if (pdf == nullptr)
        return false;
    HPDF_SetCompressionMode(pdf, HPDF_COMP_ALL);
    HPDF_SetInfoAttr(pdf, HPDF_INFO_TITLE, document->title);
    if (document->true_size != 0)
        HPDF_SetViewerPreference(pdf, HPDF_PRINT_SCALING_NONE);
    Drawing drawing(pdf, fault);
    for (std::size_t at = 0; at < document->picture_count && *fault == 0; ++at)
        drawing.hold(document->pictures[at]);
    for (std::size_t at = 0; at < document->mark_count && *fault == 0; ++at)
        drawing.draw(document->marks[at]);
    const bool drawn = *fault == 0 && hand_over(pdf, context, take, fault);
    HPDF_Free(pdf);
    return drawn;
}

bool usagectl_paper_letter_widths(std::int32_t bold, std::uint16_t* widths) {
    unsigned long fault = 0;
    const auto document = new_document(&fault);
    if (document == nullptr)
        return false;
    const auto font = font_of(document, bold != 0);
    for (unsigned letter = 0; letter < 256 && fault == 0; ++letter) {
        const auto byte = static_cast<HPDF_BYTE>(letter);
        widths[letter] = static_cast<std::uint16_t>(HPDF_Font_TextWidth(font, &byte, 1).width);
    }
    HPDF_Free(document);
    return fault == 0;
}
