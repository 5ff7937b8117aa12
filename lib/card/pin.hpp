// SPDX-License-Identifier: MIT
// The PIN of a prepaid card: 12 to 16 decimal digits that no serial number tells anything about.
// It is known in clear only to whoever prints the card and whoever scratches it free; the store
// has a mark of it that a PIN can be held against.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "card/serial.hpp"

namespace usagectl::card {

inline constexpr std::size_t shortest_pin = 12;
inline constexpr std::size_t longest_pin = 16;
// New PINs have at least 40 bits: ten to the twelfth falls just short of that.
inline constexpr std::int64_t least_new_digits = 13;
inline constexpr std::int64_t most_new_digits = 16;

// Error `malformed_pin` (2), which does not quote it.
[[nodiscard]] Result<void> check_pin(std::string_view text);

// What trying one PIN costs: memory and passes of Argon2id.
struct HashCost {
    std::int64_t memory_kib = 0;
    std::int64_t passes = 0;
    bool operator==(const HashCost&) const = default;
};
// What Argon2 can do at all, and what a machine may be asked for.
inline constexpr HashCost lowest_cost{8, 1};
inline constexpr HashCost highest_cost{4 << 20, 64};

// What the store keeps of a PIN.
struct PinMark {
    static constexpr std::size_t salt_size = 16;
    static constexpr std::size_t hash_size = 32;
    std::string salt;  // bytes, of this card alone
    std::string hash;  // bytes
    bool operator==(const PinMark&) const = default;
};

// Makes marks and holds PINs against them, with keys kept outside the store. Every call may be made
// by several threads at once.
class PinVault {
public:
    virtual ~PinVault() = default;

    // The name of the key new marks are made with.
    [[nodiscard]] virtual const std::string& key() const = 0;
    [[nodiscard]] virtual bool has_key(std::string_view key) const = 0;
    // Failure `card_key_missing` (5): there is no such key among ours.
    [[nodiscard]] virtual PinMark mark(
        const Serial& serial, std::string_view pin, std::string_view key, const HashCost& cost
    ) const = 0;
    // Takes as long whether it fits or not. Failure `card_key_missing`.
    [[nodiscard]] virtual bool fits(
        const Serial& serial,
        std::string_view pin,
        const PinMark& mark,
        std::string_view key,
        const HashCost& cost
    ) const = 0;

protected:
    PinVault() = default;
    PinVault(PinVault&&) = default;
    PinVault(const PinVault&) = default;
    PinVault& operator=(PinVault&&) = default;
    PinVault& operator=(const PinVault&) = default;
};

}  // namespace usagectl::card
