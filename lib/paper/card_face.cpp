// SPDX-License-Identifier: MIT
#include "paper/card_face.hpp"

#include <algorithm>

namespace usagectl::paper {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

template <class Letter>
bool made_of(std::string_view text, std::size_t least, std::size_t most, Letter letter) {
    return text.size() >= least && text.size() <= most &&
           std::all_of(text.begin(), text.end(), letter);
}

// The serial number is no secret, and a code may hold it; what is left of the code's text must not
// hold the PIN. One shorter than six digits may be part of any address.
bool tells_pin(const CardFace& face) {
    constexpr std::size_t telling = 6;
    if (face.pin.size() < telling)
        return false;
    auto rest = face.redeem;
    if (const auto at = rest.find(face.serial); at != std::string::npos)
        rest.replace(at, face.serial.size(), " ");
    return rest.find(face.pin) != std::string::npos;
}

struct Contact {
    std::string_view call;
    std::string_view visit;
    std::string_view or_;
};

std::string contact_text(const SheetLook& look, const Contact& words) {
    std::string text;
    if (!look.phone.empty())
        text = std::string(words.call) + look.phone;
    if (!look.web.empty())
        text += std::string(text.empty() ? "" : words.or_) + std::string(words.visit) + look.web;
    return text;
}

std::string english(const SheetLook& look) {
    return "To use it, " + contact_text(look, {"call ", "visit ", " or "}) +
           ". Have your account number, serial number and PIN ready. Keep this card like "
           "cash. Not redeemable for cash.";
}

std::string spanish(const SheetLook& look) {
    return "Para usarla, " + contact_text(look, {"llame al ", "visite ", " o "}) +
           ". Tenga a mano su número de cuenta, el número de serie y el PIN. Cuídela como "
           "efectivo. No se canjea por efectivo.";
}

}  // namespace

tl::unexpected<Error> unprintable(const CardFace& face, const std::string& why) {
    return refuse(
        Exit::refused, "card_unprintable", "card " + face.serial + " cannot be printed: " + why
    );
}

Result<void> check(const CardFace& face) {
    constexpr std::int64_t most_cents = 9'999'999;
    constexpr std::size_t code_max = 106;  // version 6: squares of 0.4 mm on a card
    if (!made_of(face.serial, 4, 24, [](char c) { return is_digit(c) || is_capital(c); })) {
        return refuse(
            Exit::refused,
            "card_unprintable",
            "a card cannot be printed: its serial number is not 4 to 24 digits and capital letters"
        );
    }
    if (!made_of(face.pin, 4, 16, is_digit))
        return unprintable(face, "its PIN is not 4 to 16 digits");
    const auto micro = face.value.micro();
    if (micro <= 0 || micro % Money::micro_per_cent != 0 ||
        micro / Money::micro_per_cent > most_cents)
        return unprintable(face, "its value is not 0.01 to 99,999.99 in whole cents");
    if (!made_of(face.currency, 3, 3, is_capital))
        return unprintable(face, "its currency is not three capital letters");
    if (!made_of(face.redeem, 1, code_max, [](char c) { return c > ' ' && c < 0x7f; }))
        return unprintable(face, "its QR code is not 1 to 106 printable ASCII characters");
    if (tells_pin(face))
        return unprintable(face, "its QR code would tell the PIN");
    return {};
}

std::string in_fours(std::string_view text) {
    std::string grouped;
    grouped.reserve(text.size() + text.size() / 4);
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (at != 0 && at % 4 == 0)
            grouped += ' ';
        grouped += text[at];
    }
    return grouped;
}

std::string value_text(const CardFace& face) {
    auto text = format_money(face.value);
    if (const auto point = text.find('.'); point > 3)
        text.insert(point - 3, ",");
    return (face.currency == "USD" ? "$" : "") + text;
}

std::array<std::string, 2> instructions(const SheetLook& look) {
    return {english(look), spanish(look)};
}

}  // namespace usagectl::paper
