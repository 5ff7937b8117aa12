// SPDX-License-Identifier: MIT
// The checksum at the end of a packed block: CRC-16 with the polynomial x^16 + x^12 + x^5 + 1,
// least significant bit first, begun with ones and inverted at the end: the FCS of RFC 1662,
// appendix C. Over up to 32 751 bits, more than any block has, it finds every error of one, two or
// three bits and every burst of up to 16; other damage slips past it once in 65 536 times.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "meter/bits.hpp"

namespace usagectl::meter {

class Checksum {
public:
    void add(std::string_view bytes) {
        const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
        std::size_t left = bytes.size();
        for (; left >= 8; left -= 8, at += 8) {
            const std::uint64_t word = load_little_endian(at) ^ state_;
            std::uint32_t next = 0;
            for (std::size_t i = 0; i < 8; ++i)
                next ^= tables[7 - i][word >> (8 * i) & 0xff];
            state_ = next;
        }
        for (; left > 0; --left, ++at)
            state_ = state_ >> 8 ^ tables[0][(state_ ^ *at) & 0xff];
    }
    [[nodiscard]] std::uint16_t value() const {
        return static_cast<std::uint16_t>(state_ ^ 0xffff);
    }

private:
    using Tables = std::array<std::array<std::uint16_t, 256>, 8>;

    // tables[n][b]: what the byte b does to the state after n more bytes of zero.
    static constexpr Tables make_tables() {
        Tables made{};
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            std::uint32_t state = byte;
            for (int bit = 0; bit < 8; ++bit)
                state = state >> 1 ^ ((state & 1) != 0 ? 0x8408U : 0U);
            made[0][byte] = static_cast<std::uint16_t>(state);
        }
        for (std::size_t n = 1; n < 8; ++n)
            for (std::size_t byte = 0; byte < 256; ++byte) {
                const std::uint32_t before = made[n - 1][byte];
                made[n][byte] = static_cast<std::uint16_t>(before >> 8 ^ made[0][before & 0xff]);
            }
        return made;
    }
    static const Tables tables;

    std::uint32_t state_ = 0xffff;
};

inline constexpr Checksum::Tables Checksum::tables = Checksum::make_tables();

}  // namespace usagectl::meter
