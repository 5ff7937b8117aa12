// SPDX-License-Identifier: MIT
#include "net/sha1.hpp"

#include <array>
#include <bit>
#include <cstdint>

namespace usagectl::net {
namespace {

constexpr std::size_t block_size = 64;

using State = std::array<std::uint32_t, 5>;

// FIPS 180-4, section 6.1.2.
void take_block(State& state, std::string_view block) {
    std::array<std::uint32_t, 80> words{};
    for (std::size_t i = 0; i < block_size; ++i)
        words[i / 4] = words[i / 4] << 8U | static_cast<unsigned char>(block[i]);
    for (std::size_t i = 16; i < words.size(); ++i)
        words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::uint32_t mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5A827999U
                                    : i < 40 ? (b ^ c ^ d) + 0x6ED9EBA1U
                                    : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCU
                                             : (b ^ c ^ d) + 0xCA62C1D6U;
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + words[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    const State mixed{a, b, c, d, e};
    for (std::size_t i = 0; i < state.size(); ++i)
        state[i] += mixed[i];
}

}  // namespace

std::string sha1(std::string_view text) {
    State state{0x67452301U, 0xEFCDAB89U, 0x98BADCFEU, 0x10325476U, 0xC3D2E1F0U};
    std::string padded(text);
    padded += '\x80';
    while (padded.size() % block_size != block_size - 8)
        padded += '\0';
    for (int shift = 56; shift >= 0; shift -= 8)
        padded += static_cast<char>(std::uint64_t{text.size()} * 8 >> shift & 0xFFU);
    for (std::size_t at = 0; at < padded.size(); at += block_size)
        take_block(state, std::string_view(padded).substr(at, block_size));
    std::string digest;
    for (const std::uint32_t word : state) {
        for (int shift = 24; shift >= 0; shift -= 8)
            digest += static_cast<char>(word >> shift & 0xFFU);
    }
    return digest;
}

// RFC 2104.
std::string hmac_sha1(std::string_view key, std::string_view text) {
    std::string block = key.size() > block_size ? sha1(key) : std::string(key);
    block.resize(block_size, '\0');
    std::string inner;
    std::string outer;
    for (const char c : block) {
        inner += static_cast<char>(c ^ '\x36');
        outer += static_cast<char>(c ^ '\x5c');
    }
    return sha1(outer.append(sha1(inner.append(text))));
}

}  // namespace usagectl::net
