// SPDX-License-Identifier: MIT
#include "paper/card_sheet.hpp"

#include <algorithm>
#include <set>

#include <catch2/catch.hpp>

#include "paper/cards.hpp"
#include "paper/marks.hpp"

using namespace usagectl;
using namespace usagectl::paper_test;
using paper::CardSheet;
using paper::Document;
using paper::Mark;

namespace {

constexpr int per_page = CardSheet::columns * CardSheet::rows;

Rectangle piece(int place) {
    const int left = CardSheet::margin_x + place % CardSheet::columns * CardSheet::piece_width;
    const int row = CardSheet::rows - 1 - place / CardSheet::columns;
    const int bottom = CardSheet::margin_y + row * CardSheet::piece_height;
    return {
        left,
        bottom,
        left + CardSheet::piece_width,
        bottom + CardSheet::piece_height,
        "piece " + std::to_string(place)};
}

bool is_line(const Mark& mark) {
    return mark.kind == UsagectlPaperMark::line || mark.kind == UsagectlPaperMark::dashes;
}

std::string without_spaces(std::string text) {
    text.erase(std::remove(text.begin(), text.end(), ' '), text.end());
    return text;
}

std::size_t texts_saying(const Document& document, const std::string& digits) {
    const auto& marks = document.marks();
    return static_cast<std::size_t>(std::count_if(
        marks.begin(),
        marks.end(),
        [&](const Mark& mark) {
            return mark.kind == UsagectlPaperMark::text &&
                   without_spaces(mark.letters.reveal()).find(digits) != std::string::npos;
        }
    ));
}

// A sheet of one card that is like the ordinary ones but for one thing.
template <class Change>
std::string refusal(Change change) {
    auto card = cards_of(looks().front(), 1).front();
    card.face.pin = card.pin;
    change(card.face);
    auto sheet = CardSheet::start(looks().front().look).value();
    const auto added = sheet.add(card.face);
    CHECK(sheet.document().marks().empty() == !added.has_value());
    return added ? "" : added.error().code + ": " + added.error().message;
}

template <class Change>
std::string look_refusal(Change change) {
    auto look = looks().front().look;
    change(look);
    const auto sheet = CardSheet::start(look);
    return sheet ? "" : sheet.error().code;
}

std::string word(std::size_t length) {
    return std::string(length, 'W');
}

}  // namespace

TEST_CASE("every mark of a card lies on its piece, and none on another") {
    for (const auto& look : looks()) {
        CAPTURE(look.name);
        const auto sheet = sheet_of(look.look, cards_of(look, per_page));
        const auto marks = pages(sheet.document());
        REQUIRE(marks.size() == 1);
        std::vector<Rectangle> placed;
        std::vector<int> on_piece(per_page);
        for (const auto& mark : marks.front()) {
            if (is_line(mark))
                continue;
            const auto place = rectangle(mark);
            CAPTURE(place.what, place.left, place.bottom);
            CHECK(inside(place, {0, 0, Document::letter_width, Document::letter_height, {}}));
            for (int at = 0; at < per_page; ++at) {
                if (overlap(place, piece(at))) {
                    CHECK(inside(place, piece(at)));
                    ++on_piece.at(static_cast<std::size_t>(at));
                }
            }
            for (const auto& other : placed) {
                CAPTURE(other.what);
                CHECK_FALSE(overlap(place, other));
            }
            placed.push_back(place);
        }
        CHECK(std::set<int>(on_piece.begin(), on_piece.end()).size() == 1);
        CHECK(on_piece.front() >= 13);
    }
}

TEST_CASE("no letters of a sheet are smaller than 6.5 points") {
    for (const auto& look : looks()) {
        const auto sheet = sheet_of(look.look, cards_of(look, 1));
        for (const auto& mark : sheet.document().marks()) {
            if (mark.kind == UsagectlPaperMark::text)
                CHECK(mark.height >= 65);
        }
    }
}

TEST_CASE("the strip says the PIN alone, and the bar lies where it is folded to") {
    const auto& look = looks()[1];
    const auto cards = cards_of(look, 1);
    const auto sheet = sheet_of(look.look, cards);
    const auto at = piece(0);
    const int fold = at.bottom + CardSheet::strip_height;
    std::vector<std::string> on_strip;
    Rectangle pin;
    Rectangle bar;
    const auto marks = pages(sheet.document());
    for (const auto& mark : marks.front()) {
        const auto place = rectangle(mark);
        if (mark.kind == UsagectlPaperMark::box)
            bar = place;
        // Under the strip, and at its edge, nothing else may lie.
        const Rectangle covered{at.left, fold, at.right, fold + CardSheet::strip_height, {}};
        if (!is_line(mark) && mark.kind != UsagectlPaperMark::box)
            CHECK_FALSE(overlap(place, covered));
        if (mark.kind == UsagectlPaperMark::text &&
            overlap(place, {at.left, at.bottom, at.right, fold, {}})) {
            on_strip.push_back(place.what);
            pin = place;
        }
    }
    CHECK(on_strip == std::vector<std::string>{"PIN", "1987 5116 1478 4295"});
    CHECK(inside({pin.left, 2 * fold - pin.top, pin.right, 2 * fold - pin.bottom, {}}, bar));
}

TEST_CASE("a PIN is written once and never in what the code says") {
    for (const auto& look : looks()) {
        CAPTURE(look.name);
        if (look.pin_digits < 8)
            continue;  // so short that chance finds it in a serial number
        const auto cards = cards_of(look, 20);
        const auto sheet = sheet_of(look.look, cards);
        const auto& document = sheet.document();
        std::vector<std::string> codes;
        for (const auto& mark : document.marks()) {
            if (mark.kind == UsagectlPaperMark::qr)
                codes.push_back(mark.letters.reveal());
        }
        REQUIRE(codes.size() == cards.size());
        for (std::size_t at = 0; at < cards.size(); ++at) {
            CHECK(texts_saying(document, cards[at].pin) == 1);
            CHECK(texts_saying(document, cards[at].face.serial) == 1);
            CHECK(codes[at] == cards[at].face.redeem);
            for (const auto& card : cards)
                CHECK(codes[at].find(card.pin) == std::string::npos);
        }
    }
}

TEST_CASE("eight cards are on a page") {
    struct Case {
        std::size_t cards;
        std::size_t pages;
    };
    for (const auto& [cards, count] : {Case{0, 0}, {1, 1}, {8, 1}, {9, 2}, {17, 3}}) {
        const auto sheet = sheet_of(looks().front().look, cards_of(looks().front(), cards));
        CHECK(pages(sheet.document()).size() == count);
    }
    const auto sheet = sheet_of(looks().front().look, cards_of(looks().front(), 9));
    CHECK(texts_saying(sheet.document(), "Batch") == 2);
    CHECK(texts_saying(sheet.document(), "BatchB-2026-11,sheet2") == 1);
}

TEST_CASE("a sheet holds so many cards and no more") {
    auto card = cards_of(looks().back(), 1).front();
    card.face.pin = card.pin;
    auto sheet = CardSheet::start(looks().back().look).value();
    bool all = true;
    for (int at = 0; at < CardSheet::cards_max; ++at)
        all = sheet.add(card.face).has_value() && all;
    CHECK(all);
    const auto one_more = sheet.add(card.face);
    REQUIRE_FALSE(one_more);
    CHECK(one_more.error().code == "card_sheet_full");
}

TEST_CASE("values are written as people read them") {
    struct Case {
        std::int64_t cents;
        const char* currency;
        const char* text;
    };
    for (const auto& [cents, currency, text] :
         {Case{1, "USD", "$0.01"},
          {99'999, "USD", "$999.99"},
          {100'000, "USD", "$1,000.00"},
          {9'999'999, "USD", "$99,999.99"},
          {2'500, "CAD", "25.00"}}) {
        auto card = cards_of(looks().front(), 1).front();
        card.face.pin = card.pin;
        card.face.value = Money::from_cents(cents);
        card.face.currency = currency;
        auto sheet = CardSheet::start(looks().front().look).value();
        REQUIRE(sheet.add(card.face));
        CHECK(texts_saying(sheet.document(), text) == 1);
        CHECK(texts_saying(sheet.document(), currency) == 1);
    }
}

TEST_CASE("the same cards make the same bytes") {
    for (const auto& look : looks()) {
        const auto cards = cards_of(look, 3);
        const auto first = sheet_of(look.look, cards).pdf();
        const auto second = sheet_of(look.look, cards).pdf();
        CHECK((first.reveal() == second.reveal()));  // not to be shown when it fails
        CHECK(first.reveal().substr(0, 5) == "%PDF-");
    }
}

TEST_CASE("a card that cannot be printed is refused by name, and its PIN is not told") {
    using paper::CardFace;
    const auto begins = [](const std::string& text) { return text.substr(0, text.find(':')); };
    CHECK(refusal([](CardFace&) {}).empty());
    for (const char* serial :
         {"",
          "123",
          "1234567890123456789012345",
          "12a4",
          "1234 5678",
          "WWWWWWWWWWWWWWWWWWWWWWWW"}) {
        CHECK(begins(refusal([&](CardFace& face) { face.serial = serial; })) == "card_unprintable");
    }
    for (const char* pin : {"", "123", "12345678901234567", "12A45678", "1234 5678"}) {
        const auto told = refusal([&](CardFace& face) { face.pin = pin; });
        CHECK(begins(told) == "card_unprintable");
        CHECK((*pin == '\0' || told.find(pin) == std::string::npos));
    }
    for (const std::int64_t micro : {0LL, -10'000LL, 5'000LL, 100'000'000'000LL}) {
        const auto value = Money::from_micro(micro);
        CHECK(begins(refusal([&](CardFace& face) { face.value = value; })) == "card_unprintable");
    }
    for (const char* currency : {"", "US", "usd", "US$", "USDX"}) {
        CHECK(begins(refusal([&](CardFace& face) {
                  face.currency = currency;
              })) == "card_unprintable");
    }
    for (const auto& says :
         {std::string(), std::string(107, 'x'), std::string("a b"), std::string("\xc3\xb1")}) {
        CHECK(begins(refusal([&](CardFace& face) { face.redeem = says; })) == "card_unprintable");
    }
}

TEST_CASE("a code that would tell the PIN is refused; a serial number that holds it is not") {
    using paper::CardFace;
    const auto told = refusal([](CardFace& face) {
        face.redeem = "https://pay.example/?" + std::string(face.pin) + "=" + face.serial;
    });
    CHECK(told.find("its QR code would tell the PIN") != std::string::npos);
    CHECK(refusal([](CardFace& face) {
              face.serial = "12" + std::string(face.pin);
              face.redeem = "https://pay.example/?serial=" + face.serial;
          }).empty());
}

TEST_CASE(
    "words that do not fit a card, that it cannot show or that are missing, are refused by name"
) {
    using paper::SheetLook;
    const auto words = [](std::size_t count) {
        std::string text;
        for (std::size_t at = 0; at < count; ++at)
            text += "Electric ";
        return text;
    };
    CHECK(look_refusal([](SheetLook&) {}).empty());
    CHECK(look_refusal([](SheetLook& look) { look.utility.clear(); }) == "card_text_missing");
    CHECK(look_refusal([](SheetLook& look) { look.phone.clear(); }).empty());
    CHECK(look_refusal([](SheetLook& look) { look.web.clear(); }).empty());
    CHECK(look_refusal([](SheetLook& look) { look.web = look.phone = {}; }) == "card_text_missing");
    CHECK(look_refusal([&](SheetLook& look) { look.utility = words(6); }).empty());
    CHECK(look_refusal([&](SheetLook& look) { look.utility = words(16); }) == "card_text_too_long");
    CHECK(look_refusal([](SheetLook& l) { l.utility = word(40); }) == "card_text_too_long");
    CHECK(look_refusal([](SheetLook& l) { l.web = word(60); }) == "card_text_too_long");
    CHECK(look_refusal([&](SheetLook& l) { l.phone = words(30); }) == "card_text_too_long");
    CHECK(look_refusal([](SheetLook& l) { l.batch = word(60); }) == "card_text_too_long");
    CHECK(look_refusal([](SheetLook& l) { l.utility = "Ox?"; }).empty());
    for (const char* text : {"\xE6\x97\xA5", "two\nlines", "\xC3"}) {
        CAPTURE(text);
        CHECK(look_refusal([&](SheetLook& l) { l.utility = text; }) == "card_text_unprintable");
        CHECK(look_refusal([&](SheetLook& l) { l.phone = text; }) == "card_text_unprintable");
        CHECK(look_refusal([&](SheetLook& l) { l.web = text; }) == "card_text_unprintable");
        CHECK(look_refusal([&](SheetLook& l) { l.batch = text; }) == "card_text_unprintable");
    }
    CHECK(look_refusal([](SheetLook& l) { l.logo_png = "GIF89a"; }) == "picture_unreadable");
}
