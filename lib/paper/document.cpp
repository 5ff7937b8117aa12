// SPDX-License-Identifier: MIT
#include "paper/document.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/assert.hpp"
#include "base/error.hpp"
#include "base/module.hpp"

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

// All of it has room from the beginning, so that no piece of a secret stays where a smaller buffer
// was.
void take_bytes(void* into, const void* bytes, std::size_t size) {
    auto& taken = *static_cast<std::string*>(into);
    if (bytes == nullptr)
        taken.reserve(size);
    else
        taken.append(static_cast<const char*>(bytes), size);
}

std::vector<UsagectlPaperMark> plain(const std::vector<Mark>& marks) {
    std::vector<UsagectlPaperMark> all;
    all.reserve(marks.size());
    for (const auto& mark : marks) {
        all.push_back(
            {mark.kind,
             mark.x,
             mark.y,
             mark.width,
             mark.height,
             static_cast<std::int32_t>(mark.align),
             mark.ink.bold ? 1 : 0,
             mark.number,
             mark.ink.rgb,
             mark.letters.reveal().c_str()}
        );
    }
    return all;
}

[[noreturn]] void not_drawn(unsigned long fault) {
    std::string reason = "libharu says " + std::to_string(fault);
    std::string hint;
    // HPDF_ARRAY_COUNT_ERR: a PDF lists at most 32,767 pages in one array.
    constexpr unsigned long array_full = 0x1001;
    if (fault == usagectl_paper_no_page)
        reason = "it has no page";
    if (fault == usagectl_paper_qr_too_long)
        reason = "a QR code cannot hold what it is to say";
    if (fault == array_full)
        hint = "draw fewer pages in one document";
    throw Failure("pdf_not_drawn", "the PDF cannot be drawn: " + reason, hint);
}

}  // namespace

std::string windows_1252(std::string_view utf8) {
    std::string text;
    // At once: a string that grows leaves copies of its beginning behind, and it may be secret.
    text.reserve(utf8.size());
    while (!utf8.empty())
        text += letter_of(take_point(utf8));
    return text;
}

void Document::page(int width, int height) {
    marks_.push_back({.kind = UsagectlPaperMark::page, .width = width, .height = height});
}

void Document::text(int x, int y, int size, std::string_view letters, Align align, Ink ink) {
    marks_.push_back(
        {.kind = UsagectlPaperMark::text,
         .x = x,
         .y = y,
         .height = size,
         .align = align,
         .ink = ink,
         .letters = Secret(windows_1252(letters))}
    );
}

void Document::line(int x, int y, int width, int height, std::uint32_t rgb) {
    marks_.push_back({UsagectlPaperMark::line, x, y, width, height, {}, {rgb, false}});
}

void Document::dashes(int x, int y, int width, int height, Dash dash, std::uint32_t rgb) {
    marks_.push_back(
        {UsagectlPaperMark::dashes, x, y, width, height, {}, {rgb, false}, static_cast<int>(dash)}
    );
}

void Document::box(int x, int y, int width, int height, std::uint32_t rgb) {
    marks_.push_back({UsagectlPaperMark::box, x, y, width, height, {}, {rgb, false}});
}

void Document::qr(int x, int y, int side, std::string_view says) {
    constexpr Ink black{0, false};
    marks_.push_back(
        {UsagectlPaperMark::qr, x, y, side, side, {}, black, 0, Secret(std::string(says))}
    );
}

Result<Picture> Document::hold_png(std::string_view png) {
    const auto unreadable = [](std::string why) {
        return refuse(
            Exit::rejected,
            "picture_unreadable",
            "the picture cannot be read: " + why,
            "give a PNG of at most 4 MiB and 4096 x 4096 pixels"
        );
    };
    if (png.size() > png_max)
        return unreadable("it has " + std::to_string(png.size()) + " bytes");
    const auto read =
        module_function<decltype(usagectl_paper_read_png)>("paper", "usagectl_paper_read_png");
    Pixels pixels;
    if (!read(
            png.data(),
            png.size(),
            png_side_max,
            &pixels.bytes,
            take_bytes,
            &pixels.width,
            &pixels.height
        ))
        return unreadable("it is no PNG, is damaged or is too large");
    const Picture held{static_cast<int>(pictures_.size()), pixels.width, pixels.height};
    pictures_.push_back(std::move(pixels));
    return held;
}

int Document::picture(const Picture& picture, int x, int y, int width, int height) {
    USAGECTL_ASSERT(static_cast<std::size_t>(picture.number) < pictures_.size());
    int wide = width;
    int tall = static_cast<int>(std::int64_t{width} * picture.height / picture.width);
    if (tall > height) {
        tall = height;
        wide = static_cast<int>(std::int64_t{height} * picture.width / picture.height);
    }
    wide = std::max(wide, 1);
    tall = std::max(tall, 1);
    marks_.push_back(
        {UsagectlPaperMark::picture, x, y + (height - tall) / 2, wide, tall, {}, {}, picture.number}
    );
    return wide;
}

std::string Document::pdf() const {
    const auto marks = plain(marks_);
    std::vector<UsagectlPaperPicture> pictures;
    for (const auto& pixels : pictures_)
        pictures.push_back({pixels.width, pixels.height, pixels.bytes.data()});
    const auto title = windows_1252(title_);
    const UsagectlPaperDocument document{
        title.c_str(),
        marks.data(),
        marks.size(),
        pictures.data(),
        pictures.size(),
        true_size_ ? 1 : 0};
    const auto draw =
        module_function<decltype(usagectl_paper_draw)>("paper", "usagectl_paper_draw");
    std::string bytes;
    unsigned long fault = 0;
    if (!draw(&document, &bytes, take_bytes, &fault))
        not_drawn(fault);
    return bytes;
}

}  // namespace usagectl::paper
