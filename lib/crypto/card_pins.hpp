// SPDX-License-Identifier: MIT
// Marks of PINs: Argon2id over a keyed hash of serial number and PIN. The key (a pepper) lies in a
// file outside the store, so that a copy of the store alone tells nothing, however much is
// computed; with both, each guess of each card costs what the batch's HashCost says.
#pragma once

#include <map>
#include <string>

#include "base/error.hpp"
#include "card/pin.hpp"
#include "crypto/locked_bytes.hpp"

namespace usagectl::crypto {

inline constexpr std::size_t pepper_size = 32;

// Keys by their names. The file has one on each line, its name, a blank and 64 hexadecimal digits;
// new marks are made with the last, the others are there for the cards made with them.
class CardPins final : public card::PinVault {
public:
    // Errors: those of open_secret_file, and `card_keys_malformed` (4), which names the line.
    [[nodiscard]] static Result<CardPins> read(const std::string& path);

    [[nodiscard]] const std::string& key() const override { return newest_; }
    [[nodiscard]] bool has_key(std::string_view key) const override;
    [[nodiscard]] card::PinMark mark(
        const card::Serial& serial,
        std::string_view pin,
        std::string_view key,
        const card::HashCost& cost
    ) const override;
    [[nodiscard]] bool fits(
        const card::Serial& serial,
        std::string_view pin,
        const card::PinMark& mark,
        std::string_view key,
        const card::HashCost& cost
    ) const override;

    CardPins(CardPins&&) = default;
    CardPins(const CardPins&) = delete;
    CardPins& operator=(CardPins&&) = default;
    CardPins& operator=(const CardPins&) = delete;
    ~CardPins() override = default;

private:
    CardPins() = default;
    [[nodiscard]] const LockedBytes& key_called(std::string_view name) const;
    Result<void> take_line(std::string_view line, std::size_t number, const std::string& path);

    std::map<std::string, LockedBytes, std::less<>> keys_;
    std::string newest_;
};

// Makes a key and appends it to the file, which is made, ours alone, when it is not there. Gives
// the name of the key, which is made from it: a line that was damaged does not fit its name.
// Errors: those of open_secret_file; `card_keys_malformed` (4); Failure `card_keys_unwritable`.
[[nodiscard]] Result<std::string> add_card_key(const std::string& path);

}  // namespace usagectl::crypto
