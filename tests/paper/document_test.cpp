// SPDX-License-Identifier: MIT
// What a document can hold, where libharu ends, and how wide letters are.
#include "paper/document.hpp"

#include <catch2/catch.hpp>

#include "paper/sample_png.hpp"
#include "paper/text_fit.hpp"

using namespace usagectl;
using namespace usagectl::paper_test;
using paper::Document;

namespace {

std::string png_refusal(const std::string& png) {
    Document document("x");
    const auto held = document.hold_png(png);
    return held ? "" : held.error().code;
}

std::string pdf_failure(const Document& document) {
    try {
        return document.pdf().substr(0, 5);
    } catch (const Failure& failure) {
        return failure.error().code + ": " + failure.error().message;
    }
}

}  // namespace

TEST_CASE("a picture keeps its proportions in a box") {
    struct Case {
        int width, height, x, y, wide, tall;
    };
    for (const auto& [width, height, x, y, wide, tall] :
         {Case{100, 100, 10, 20, 300, 300},
          {200, 100, 10, 20, 600, 300},
          {400, 100, 10, 95, 600, 150},
          {100, 400, 10, 20, 75, 300},
          {4096, 1, 10, 169, 600, 1}}) {
        Document document("x");
        document.page();
        const auto held = document.hold_png(sample_png(width, height)).value();
        CHECK(held.width == width);
        CHECK(held.height == height);
        CHECK(document.picture(held, 10, 20, 600, 300) == wide);
        const auto& mark = document.marks().back();
        CHECK(
            std::vector<int>{mark.x, mark.y, mark.width, mark.height} ==
            std::vector<int>{x, y, wide, tall}
        );
    }
}

TEST_CASE("a picture is in the PDF once, however often it is drawn") {
    const auto size = [](int times) {
        Document document("x");
        document.page();
        const auto held = document.hold_png(sample_png(300, 200)).value();
        for (int at = 0; at < times; ++at)
            (void)document.picture(held, 100 * at, 100, 300, 300);
        return document.pdf().size();
    };
    CHECK(size(10) < size(1) + 500);
}

TEST_CASE("what is no sound PNG of a sensible size is refused by name") {
    const auto sound = sample_png(60, 40);
    CHECK(png_refusal(sound).empty());
    CHECK(png_refusal(sample_png(4096, 2)).empty());
    CHECK(png_refusal(sample_png(4097, 2)) == "picture_unreadable");
    CHECK(png_refusal(sample_png(2, 4097)) == "picture_unreadable");
    CHECK(png_refusal("") == "picture_unreadable");
    CHECK(png_refusal(sound + std::string(Document::png_max, '\0')) == "picture_unreadable");
    // Cut off or bent anywhere before its last chunk, it ends neither the program nor in a picture
    // that was never given.
    constexpr std::size_t last_chunk = 12;
    for (std::size_t at = 0; at + last_chunk < sound.size(); ++at) {
        CAPTURE(at);
        CHECK(png_refusal(sound.substr(0, at)) == "picture_unreadable");
        auto bent = sound;
        bent[at] = static_cast<char>(bent[at] ^ 0x55);
        (void)png_refusal(bent);
    }
}

TEST_CASE("what libharu cannot draw fails by name") {
    Document no_page("x");
    no_page.text(1, 1, 80, "early");
    CHECK(pdf_failure(no_page) == "pdf_not_drawn: the PDF cannot be drawn: it has no page");

    Document long_code("x");
    long_code.page();
    long_code.qr(0, 0, 600, std::string(2331, 'x'));
    CHECK(pdf_failure(long_code) == "%PDF-");
    long_code.qr(0, 0, 600, std::string(2332, 'x'));
    CHECK(
        pdf_failure(long_code) ==
        "pdf_not_drawn: the PDF cannot be drawn: a QR code cannot hold what it is to say"
    );

    Document too_many("x");
    for (int page = 0; page < 32'768; ++page)
        too_many.page();
    CHECK(pdf_failure(too_many) == "pdf_not_drawn: the PDF cannot be drawn: libharu says 4097");
}

TEST_CASE("the width of letters is what Helvetica has") {
    using paper::text_width;
    // Thousandths of the size, from the font's published metrics.
    CHECK(text_width("0", 1000, false) == 556);
    CHECK(text_width("i", 1000, false) == 222);
    CHECK(text_width("i", 1000, true) == 278);
    CHECK(text_width("W\xC3\x91", 1000, true) == 944 + 722);
    CHECK(text_width("", 1000, true) == 0);
    CHECK(text_width("0", 65, false) == 37);  // 36.14, rounded up
}

TEST_CASE("letters shrink until they fit") {
    using paper::fitting_size;
    CHECK(fitting_size("00000", false, 100, 65, 278) == 100);
    CHECK(fitting_size("00000", false, 100, 65, 277) == 99);
    CHECK(fitting_size("00000", false, 100, 65, 181) == 65);
    CHECK(fitting_size("00000", false, 100, 65, 180) == std::nullopt);
}

TEST_CASE("words are wrapped into lines as full as can be") {
    using Lines = std::vector<std::string>;
    using paper::wrap;
    const int width = paper::text_width("one two", 80, false);
    CHECK(wrap("one two three", 80, false, width, 3) == Lines{"one two", "three"});
    CHECK(wrap("  one  two ", 80, false, width, 3) == Lines{"one two"});
    CHECK(wrap("", 80, false, width, 3) == Lines{});
    CHECK(wrap("one two one two one", 80, false, width, 3) == Lines{"one two", "one two", "one"});
    CHECK(wrap("one two one two one", 80, false, width, 2) == std::nullopt);
    CHECK(wrap("one extraordinarily", 80, false, width, 3) == std::nullopt);
}
