// SPDX-License-Identifier: MIT
#include "paper/card_sheet.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/text.hpp"
#include "paper/text_fit.hpp"

namespace usagectl::paper {

namespace {

constexpr std::uint32_t dark = 0x202020;
constexpr std::uint32_t grey = 0x606060;
constexpr std::uint32_t pale = 0xb0b0b0;

// Measures of a piece, from its lower left corner; all of the card's text lies between the foot
// that the strip covers and the upper edge.
constexpr int left = 100;
constexpr int right = CardSheet::piece_width - left;
constexpr int covered_top = 2 * CardSheet::strip_height;
// The code's quiet zone may reach into the white at the edges, so that the code itself is in line
// with the text.
constexpr int code_side = 590;
constexpr int code_x = CardSheet::piece_width - 40 - code_side;
constexpr int code_y = CardSheet::piece_height - code_side;
// What stands beside the code.
constexpr int beside_code = code_x - left;
constexpr int head_y = 1580;
constexpr int head_height = 165;
constexpr int logo_width_max = 500;
constexpr int value_y = 1390;
constexpr int serial_y = 1258;
constexpr int expiry_y = 1170;
constexpr int instructions_top = 1135;
constexpr int instructions_foot = 645;
constexpr int largest_instructions = 80;
constexpr std::size_t most_lines = 6;
constexpr std::string_view folding_words =
    "Cut at the long dashes. Fold each strip up over the dark bar, seal its edges.";
constexpr int batch_width_max = CardSheet::piece_width - 400;
constexpr int fold_words_y = covered_top + 34;

constexpr std::string_view serial_label = "Serial / Serie";

int serial_label_width() {
    return text_width(serial_label, CardSheet::least_size, false) + 40;
}

std::optional<int> serial_size(const std::string& serial) {
    constexpr int largest = 105;
    return fitting_size(
        in_fours(serial), true, largest, CardSheet::least_size, beside_code - serial_label_width()
    );
}

// A question mark on a card would be a letter that Windows-1252 has not.
bool prints(std::string_view text) {
    const auto letters = windows_1252(text);
    return std::count(letters.begin(), letters.end(), '?') ==
           std::count(text.begin(), text.end(), '?');
}

tl::unexpected<Error> too_long(std::string_view what) {
    return refuse(
        Exit::refused,
        "card_text_too_long",
        "the " + std::string(what) + " does not fit a card in letters of 6.5 points",
        "give a shorter one"
    );
}

}  // namespace

Result<CardSheet> CardSheet::start(const SheetLook& look) {
    CardSheet sheet("Prepaid cards" + (look.batch.empty() ? "" : ", batch " + look.batch));
    // The measures hold only on paper that is cut as it was drawn.
    sheet.document_.print_true_size();
    if (auto laid = sheet.lay_out(look); !laid)
        return tl::unexpected(std::move(laid).error());
    return sheet;
}

Result<void> CardSheet::lay_out(const SheetLook& look) {
    if (look.utility.empty() || (look.phone.empty() && look.web.empty())) {
        return refuse(
            Exit::refused,
            "card_text_missing",
            "a card needs the utility's name and where to use it: a telephone number or a web page"
        );
    }
    for (const auto* text : {&look.utility, &look.phone, &look.web, &look.batch}) {
        if (!prints(*text)) {
            return refuse(
                Exit::refused,
                "card_text_unprintable",
                quoted(*text) + " has a letter that a card cannot show",
                "use the letters of Western European languages"
            );
        }
    }
    name_x_ = left;
    if (!look.logo_png.empty()) {
        auto held = document_.hold_png(look.logo_png);
        if (!held)
            return tl::unexpected(std::move(held).error());
        logo_ = *held;
        const auto wide = std::int64_t{head_height} * logo_->width / logo_->height;
        name_x_ += static_cast<int>(std::min<std::int64_t>(wide, logo_width_max)) + 60;
    }
    if (auto laid = lay_out_name(look.utility, name_x_); !laid)
        return laid;
    if (!look.batch.empty()) {
        batch_ = "Batch " + look.batch;
        if (text_width(batch_, least_size, false) > batch_width_max)
            return too_long("name of the batch");
    }
    return lay_out_instructions(look);
}

// One line as large as it can be, or two small ones.
Result<void> CardSheet::lay_out_name(std::string_view utility, int x) {
    constexpr int largest = 110;
    constexpr int least_alone = 80;
    constexpr int largest_of_two = 80;
    const int width = left + beside_code - x;
    if (const auto size = fitting_size(utility, true, largest, least_alone, width)) {
        name_.push_back({std::string(utility), *size, head_y + (head_height - *size * 72 / 100) / 2}
        );
        return {};
    }
    for (int size = largest_of_two; size >= least_size; --size) {
        const auto lines = wrap(utility, size, true, width, 2);
        if (!lines)
            continue;
        int y = head_y + 100;
        for (const auto& line : *lines) {
            name_.push_back({line, size, y});
            y -= 85;
        }
        return {};
    }
    return too_long("utility's name");
}

// Both languages in the same letters, as large as the room between expiry and fold allows.
Result<void> CardSheet::lay_out_instructions(const SheetLook& look) {
    constexpr int between_languages = 25;
    for (int size = largest_instructions; size >= least_size; --size) {
        const int leading = size * 115 / 100;
        std::vector<Line> laid;
        int y = instructions_top - size;
        bool fits = true;
        for (const auto& text : instructions(look)) {
            const auto lines = wrap(text, size, false, right - left, most_lines);
            fits = fits && lines.has_value();
            for (const auto& line : lines.value_or(std::vector<std::string>())) {
                laid.push_back({line, size, y});
                y -= leading;
            }
            y -= between_languages;
        }
        // The last line's letters reach below it.
        if (!fits || laid.back().y - size / 4 < instructions_foot)
            continue;
        instructions_ = std::move(laid);
        return {};
    }
    return too_long("telephone number or web page");
}

Result<void> CardSheet::add(const CardFace& face) {
    if (auto sound = check(face); !sound)
        return sound;
    if (!serial_size(face.serial))
        return unprintable(face, "its serial number is too wide");
    if (cards_ == cards_max) {
        return refuse(
            Exit::refused,
            "card_sheet_full",
            "a sheet holds at most " + std::to_string(cards_max) + " cards",
            "print the batch in parts"
        );
    }
    const int place = cards_ % (columns * rows);
    if (place == 0)
        begin_page();
    ++cards_;
    const int x = margin_x + place % columns * piece_width;
    const int y = margin_y + (rows - 1 - place / columns) * piece_height;
    draw_face(face, x, y);
    draw_strip(face.pin, x, y);
    return {};
}

void CardSheet::begin_page() {
    constexpr int tick = 120;
    constexpr int gap = 40;
    constexpr int width = columns * piece_width;
    constexpr int height = rows * piece_height;
    document_.page();
    const auto across = [&](int y, Dash dash, std::uint32_t rgb, std::string_view word) {
        document_.dashes(margin_x, y, width, 0, dash, rgb);
        document_.line(margin_x - gap - tick, y, tick, 0, dark);
        document_.line(margin_x + width + gap, y, tick, 0, dark);
        document_.text(margin_x - gap - tick - 30, y - 22, least_size, word, Align::right, {grey});
    };
    for (int row = 0; row <= rows; ++row) {
        const int y = margin_y + row * piece_height;
        across(y, Dash::coarse, pale, "cut");
        if (row < rows)
            across(y + strip_height, Dash::fine, grey, "fold");
    }
    for (int column = 0; column <= columns; ++column) {
        const int x = margin_x + column * piece_width;
        document_.dashes(x, margin_y, 0, height, Dash::coarse, pale);
        document_.line(x, margin_y - gap - tick, 0, tick, dark);
        document_.line(x, margin_y + height + gap, 0, tick, dark);
    }
    // Between the ticks, where every printer still prints.
    constexpr int foot_y = 210;
    document_.text(margin_x + gap, foot_y, least_size, folding_words, Align::left, {grey});
    const int page = cards_ / (columns * rows) + 1;
    document_.text(
        margin_x + width - gap,
        foot_y,
        least_size,
        batch_ + (batch_.empty() ? "Sheet " : ", sheet ") + std::to_string(page),
        Align::right,
        {grey}
    );
}

void CardSheet::draw_face(const CardFace& face, int x, int y) {
    if (logo_)
        document_.picture(*logo_, x + left, y + head_y, logo_width_max, head_height);
    for (const auto& line : name_)
        document_.text(x + name_x_, y + line.y, line.size, line.text, Align::left, {dark, true});
    draw_value(face, x, y);
    document_.text(x + left, y + serial_y, least_size, serial_label, Align::left, {grey});
    const auto size = serial_size(face.serial);
    USAGECTL_ASSERT(size.has_value());
    document_.text(
        x + left + serial_label_width(),
        y + serial_y,
        *size,
        in_fours(face.serial),
        Align::left,
        {dark, true}
    );
    if (face.expires) {
        const auto expiry = "Expires / Vence " + format_day(*face.expires);
        document_.text(x + left, y + expiry_y, 75, expiry);
    }
    document_.qr(x + code_x, y + code_y, code_side, face.redeem);
    for (const auto& line : instructions_)
        document_.text(x + left, y + line.y, line.size, line.text);
    document_.text(
        x + piece_width / 2,
        y + fold_words_y,
        least_size,
        "The PIN is under the fold  \u00b7  El PIN está bajo el doblez",
        Align::centre,
        {dark, true}
    );
}

void CardSheet::draw_value(const CardFace& face, int x, int y) {
    constexpr int code_size = 90;
    const auto value = value_text(face);
    const int room = beside_code - text_width(face.currency, code_size, false) - 40;
    const auto size = fitting_size(value, true, 215, least_size, room);
    USAGECTL_ASSERT(size.has_value());
    document_.text(x + left, y + value_y, *size, value, Align::left, {dark, true});
    const int behind = left + text_width(value, *size, true) + 40;
    document_.text(x + behind, y + value_y, code_size, face.currency, Align::left, {grey});
}

// The bar is where the PIN lies on the folded card, as wide and high as it and a little more.
void CardSheet::draw_strip(std::string_view pin, int x, int y) {
    constexpr int size = 130;
    constexpr int base = (strip_height - size * 72 / 100) / 2;
    constexpr int bar_width = 1700;
    constexpr int bar_height = 180;
    constexpr int bar_y = strip_height + (strip_height - bar_height) / 2;
    document_.box(x + (piece_width - bar_width) / 2, y + bar_y, bar_width, bar_height, 0x303030);
    Secret digits(in_fours(pin));
    const int digits_width = text_width(digits.reveal(), size, true);
    const int label_width = text_width("PIN", least_size, false) + 60;
    const int begin = x + (piece_width - label_width - digits_width) / 2;
    document_.text(begin, y + base, least_size, "PIN", Align::left, {grey});
    document_.text(begin + label_width, y + base, size, digits.reveal(), Align::left, {dark, true});
}

}  // namespace usagectl::paper
