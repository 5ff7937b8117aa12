// SPDX-License-Identifier: MIT
// Cards and looks to draw, from the ordinary to the longest there can be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "paper/card_sheet.hpp"

namespace usagectl::paper_test {

struct Look {
    std::string_view name;
    paper::SheetLook look;
    Money value;
    std::size_t serial_digits = 12;
    std::size_t pin_digits = 13;
};

// Owns the PIN that its face looks at.
struct Card {
    std::string pin;
    paper::CardFace face;
};

[[nodiscard]] const std::vector<Look>& looks();
// Numbered from 1; digits that look like chance and are the same every time.
[[nodiscard]] std::vector<Card> cards_of(const Look& look, std::size_t count);
// Throws when something is refused.
[[nodiscard]] paper::CardSheet
sheet_of(const paper::SheetLook& look, const std::vector<Card>& cards);

}  // namespace usagectl::paper_test
