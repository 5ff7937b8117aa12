// SPDX-License-Identifier: MIT
// Bit streams for the block codec: the first bit is the least significant bit of the first byte.
// Both ends move whole 64-bit words, so the memory they are given must reach 8 bytes further than
// what is written or taken.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace usagectl::meter {

inline std::uint64_t load_little_endian(const unsigned char* at) {
    if constexpr (std::endian::native == std::endian::little) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        return word;
    } else {
        std::uint64_t word = 0;
        for (int i = 7; i >= 0; --i)
            word = word << 8 | at[i];
        return word;
    }
}

inline void store_little_endian(unsigned char* at, std::uint64_t word) {
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(at, &word, sizeof word);
    } else {
        for (int i = 0; i < 8; ++i)
            at[i] = static_cast<unsigned char>(word >> (8 * i));
    }
}

// The low `width` bits; width in [0, 63].
constexpr std::uint64_t low_bits(std::uint64_t word, int width) {
    return word & ((std::uint64_t{1} << width) - 1);
}

// Bits needed to write the number; 0 for 0.
constexpr int bit_length(std::uint64_t number) {
    return 64 - std::countl_zero(number);
}

class BitWriter {
public:
    explicit BitWriter(unsigned char* out)
        : begin_(out)
        , at_(out) {}

    // `bits` must be below 2^width; width in [0, 56].
    void put(std::uint64_t bits, int width) {
        pending_ |= bits << fill_;
        fill_ += width;
        store_little_endian(at_, pending_);
        at_ += fill_ >> 3;
        pending_ >>= fill_ & 56;
        fill_ &= 7;
    }

    [[nodiscard]] std::size_t bits() const {
        return static_cast<std::size_t>(at_ - begin_) * 8 + static_cast<std::size_t>(fill_);
    }
    // Whole bytes written, the last one filled up with zero bits.
    [[nodiscard]] std::size_t size() const {
        return static_cast<std::size_t>(at_ - begin_) + (fill_ > 0 ? 1 : 0);
    }

private:
    unsigned char* begin_;
    unsigned char* at_;
    std::uint64_t pending_ = 0;  // bits not yet part of a whole byte
    int fill_ = 0;               // how many; at most 7 between calls
};

class BitReader {
public:
    BitReader(const unsigned char* in, std::size_t size)
        : begin_(in)
        , size_(size * 8) {}

    // width in [0, 56]
    std::uint64_t take(int width) {
        const std::uint64_t bits = low_bits(word_at(position_), width);
        position_ += static_cast<std::size_t>(width);
        return bits;
    }
    void skip(std::size_t width) { position_ += width; }

    [[nodiscard]] std::size_t position() const { return position_; }
    // Bits in the stream. Reading does not stop there: whoever reads asks often enough to stay
    // within the memory.
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool overrun() const { return position_ > size_; }

    // 57 bits or more, beginning with the one at `position`.
    [[nodiscard]] std::uint64_t word_at(std::size_t position) const {
        return load_little_endian(begin_ + position / 8) >> (position % 8);
    }

private:
    const unsigned char* begin_;
    std::size_t size_;
    std::size_t position_ = 0;
};

}  // namespace usagectl::meter
