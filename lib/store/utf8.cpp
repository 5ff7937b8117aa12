// SPDX-License-Identifier: MIT
#include "store/utf8.hpp"

namespace usagectl::store {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

unsigned byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// Length of the well-formed character at the head, 0 when there is none (Unicode 15, table 3-7).
std::size_t character_size(std::string_view text) {
    const unsigned first = byte_at(text, 0);
    const unsigned second = byte_at(text, 1);
    const auto continues = [&](std::size_t at) { return (byte_at(text, at) & 0xc0) == 0x80; };
    if (first < 0x80)
        return first == 0 ? 0 : 1;
    if (first >= 0xc2 && first <= 0xdf)
        return continues(1) ? 2 : 0;
    if (first >= 0xe0 && first <= 0xef) {
        const bool overlong = first == 0xe0 && second < 0xa0;
        const bool surrogate = first == 0xed && second >= 0xa0;
        return !overlong && !surrogate && continues(1) && continues(2) ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        const bool overlong = first == 0xf0 && second < 0x90;
        const bool beyond = first == 0xf4 && second >= 0x90;
        return !overlong && !beyond && continues(1) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

}  // namespace

std::string sound_text(std::string_view text) {
    std::string sound;
    sound.reserve(text.size());
    while (!text.empty()) {
        const std::size_t size = character_size(text);
        sound.append(size == 0 ? replacement : text.substr(0, size));
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return sound;
}

}  // namespace usagectl::store
