// SPDX-License-Identifier: MIT
// Prepaid cards on US letter paper, to be cut, folded and sealed: two columns of four pieces, each
// a card of 3.5 by 2.125 inches with a strip of 3/8 inch below it. The strip says the PIN and is
// folded up over the foot of the card, where a dark bar keeps it from being read against the light;
// glue or tape along its edges shows whether it was opened. What a card carries (serial number,
// PIN, denomination) is figure 10 of the source document on prepay; the measures are our own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/secret.hpp"
#include "paper/card_face.hpp"
#include "paper/document.hpp"

namespace usagectl::paper {

class CardSheet {
public:
    static constexpr int columns = 2;
    static constexpr int rows = 4;
    // Far below the 32,767 pages of a PDF; it takes a minute and a gigabyte to draw so many.
    static constexpr int cards_max = 100'000;
    // One piece: the strip, the foot that it covers, and what is seen of the card.
    static constexpr int piece_width = 2520;
    static constexpr int strip_height = 270;
    static constexpr int card_height = 1530;
    static constexpr int piece_height = strip_height + card_height;
    // Lower left corner of the lowest row: half an inch at the foot, three quarters at the sides.
    static constexpr int margin_x = (Document::letter_width - columns * piece_width) / 2;
    static constexpr int margin_y = (Document::letter_height - rows * piece_height) / 2;
    // Nothing a person reads is smaller: 6.5 points.
    static constexpr int least_size = 65;

    // Refused with `picture_unreadable` (exit 6), or with `card_text_missing`,
    // `card_text_unprintable` or `card_text_too_long` (exit 4) when the words of `look` do not fit
    // a card.
    [[nodiscard]] static Result<CardSheet> start(const SheetLook& look);

    // The next card, left to right and downwards. Refused with `card_unprintable`, exit 4, when a
    // value of `face` is not as above, or with `card_sheet_full`, exit 4; then nothing is added.
    // The message never says the PIN.
    [[nodiscard]] Result<void> add(const CardFace& face);

    // The whole sheet, with every PIN: it is overwritten when it is let go, as the marks are. While
    // it is drawn, zlib and the stack hold pieces of pages that are freed and not overwritten.
    // Failures of Document::pdf().
    [[nodiscard]] Secret pdf() const { return Secret(document_.pdf()); }

    [[nodiscard]] const Document& document() const { return document_; }

private:
    struct Line {
        std::string text;
        int size = 0;
        int y = 0;  // of the base line, from the foot of the piece
    };

    explicit CardSheet(std::string title)
        : document_(std::move(title)) {}
    [[nodiscard]] Result<void> lay_out(const SheetLook& look);
    [[nodiscard]] Result<void> lay_out_name(std::string_view utility, int x);
    [[nodiscard]] Result<void> lay_out_instructions(const SheetLook& look);
    void begin_page();
    void draw_face(const CardFace& face, int x, int y);
    void draw_value(const CardFace& face, int x, int y);
    void draw_strip(std::string_view pin, int x, int y);

    Document document_;
    std::string batch_;
    std::optional<Picture> logo_;
    int name_x_ = 0;
    std::vector<Line> name_;
    std::vector<Line> instructions_;
    int cards_ = 0;
};

}  // namespace usagectl::paper
