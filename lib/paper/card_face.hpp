// SPDX-License-Identifier: MIT
// What a prepaid card says, and the words it says it in. Serial number, PIN and denomination are
// those of figure 10 of the source document on prepay; their limits are what fits a card.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"

namespace usagectl::paper {

// What one card says. `pin` is looked at within add() alone: it may lie in memory that is wiped as
// soon as that returns.
struct CardFace {
    std::string serial;               // 4 to 24 digits and capital letters
    std::string_view pin;             // 4 to 16 digits
    Money value;                      // 0.01 to 99,999.99, whole cents
    std::string currency;             // three capital letters
    std::optional<LocalDay> expires;  // the last day
    std::string redeem;  // what the QR code says: 1 to 106 bytes of printable ASCII, never the PIN
};

// What all cards of a sheet have in common, as UTF-8.
struct SheetLook {
    std::string utility;  // two lines of a card at most
    std::string phone;    // phone or web may be empty, not both
    std::string web;
    std::string logo_png;  // the bytes of the file; may be empty
    std::string batch;     // beside the cards, for the printer; may be empty
};

// Refused with `card_unprintable`, exit 4, when a value is not as above.
[[nodiscard]] Result<void> check(const CardFace& face);
// That refusal, saying why and for which card; `why` never says the PIN.
[[nodiscard]] tl::unexpected<Error> unprintable(const CardFace& face, const std::string& why);

// `1234 5678 9`; never moved to larger memory on the way, as it may be secret.
[[nodiscard]] std::string in_fours(std::string_view text);
// `$1,234.50`; of another currency than the dollar the number alone.
[[nodiscard]] std::string value_text(const CardFace& face);
// How to use a card, in English and in Spanish.
[[nodiscard]] std::array<std::string, 2> instructions(const SheetLook& look);

}  // namespace usagectl::paper
