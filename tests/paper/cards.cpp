// SPDX-License-Identifier: MIT
#include "paper/cards.hpp"

#include <cstdint>

#include "paper/sample_png.hpp"

namespace usagectl::paper_test {

namespace {

std::string digits(std::size_t count, std::uint64_t seed) {
    std::string text;
    std::uint64_t state = seed * 0x9e3779b97f4a7c15U + 1;
    while (text.size() < count) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        text += static_cast<char>('0' + (state >> 33U) % 10);
    }
    return text;
}

}  // namespace

const std::vector<Look>& looks() {
    static const std::vector<Look> all{
        {"typical",
         {"Denton County Electric Cooperative",
          "+1 940-555-0100",
          "www.dcec.example/card",
          sample_png(320, 200),
          "B-2026-11"},
         Money::from_cents(5000)},
        {"longest",
         {"The Consolidated Rural Electric Membership Corporation of Wyoming",
          "+1 800-555-0100 ext. 12345",
          "www.wyoming-electric.example/prepaid",
          sample_png(1200, 200),
          "B-2026-11-CONSOLIDATED-0000000001"},
         Money::from_cents(9'999'999),
         24,
         16},
        {"plain", {"Ox Power", "", "oxpower.example", "", ""}, Money::from_cents(1), 4, 4},
        {"spanish",
         {"Compañía Eléctrica de Peñón Ñuble — Ámbar & Óvalo, “Güiro”",
          "+1 210-555-0142",
          "luz-peñón.example/tarjeta",
          sample_png(90, 240),
          "Lote Ñ-7"},
         Money::from_cents(123'450),
         16,
         12}};
    return all;
}

std::vector<Card> cards_of(const Look& look, std::size_t count) {
    std::vector<Card> cards(count);
    for (std::size_t at = 0; at < count; ++at) {
        auto& card = cards[at];
        card.pin = digits(look.pin_digits, 2 * at + 1);
        card.face.serial = digits(look.serial_digits, 2 * at + 2);
        card.face.pin = card.pin;
        card.face.value = look.value;
        card.face.currency = look.name == "plain" ? "CAD" : "USD";
        if (look.name != "plain")
            card.face.expires = local_day(21'184);  // 2028-01-01
        card.face.redeem = "https://pay.dcec.example/card?serial=" + card.face.serial;
        if (look.name == "longest")
            card.face.redeem.insert(0, "https://abcdefghijklmnopqrstuvwxyz/ABCDEFGHIJ");
    }
    return cards;
}

paper::CardSheet sheet_of(const paper::SheetLook& look, const std::vector<Card>& cards) {
    auto sheet = paper::CardSheet::start(look);
    if (!sheet)
        throw Failure(sheet.error());
    for (const auto& card : cards) {
        if (const auto added = sheet->add(card.face); !added)
            throw Failure(added.error());
    }
    return std::move(*sheet);
}

}  // namespace usagectl::paper_test
