// SPDX-License-Identifier: MIT
// What the line readers share: cutting a file into lines, comparing and scanning bytes, and making
// a reject out of the place in a line where something is wrong.
//
// The quick scanners may read a few bytes past what they look at, never past the end they are
// given.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "meter/batch.hpp"

namespace usagectl::meter {

[[nodiscard]] inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
[[nodiscard]] inline bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

[[nodiscard]] inline std::string_view trim(std::string_view text) {
    while (!text.empty() && is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

[[nodiscard]] inline char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline bool same_ignoring_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        return lower(x) == lower(y);
    });
}

// A UTF-8 byte order mark at the start of a file is not part of its first line.
[[nodiscard]] inline std::string_view without_mark(std::string_view file) {
    if (file.starts_with("\xEF\xBB\xBF"))
        file.remove_prefix(3);
    return file;
}

// `line` without its LF or CR LF.
[[nodiscard]] inline std::string_view without_line_end(std::string_view line) {
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

// The end of the line at `at`, one past its line feed. There is a line feed before `end`.
[[nodiscard]] inline const char* line_end(const char* at, const char* end) {
    const void* feed = std::memchr(at, '\n', static_cast<std::size_t>(end - at));
    return static_cast<const char*>(feed) + 1;
}

// `at` is the offending place in `line`, or null when it is the line as a whole.
[[nodiscard]] inline Reject reject_at(
    std::uint64_t number,
    std::string_view line,
    const char* at,
    std::uint32_t intervals,
    std::string reason
) {
    Reject reject;
    reject.line = number;
    reject.column = at == nullptr ? 0 : static_cast<std::uint32_t>(at - line.data()) + 1;
    reject.intervals = intervals;
    reject.reason = std::move(reason);
    const std::string_view text = without_line_end(line);
    reject.cut = text.size() > max_record;
    reject.record = text.substr(0, max_record);
    return reject;
}

// Of a line that the feeder dropped because it is longer than Reader::max_line.
[[nodiscard]] inline Reject reject_long_line(std::uint64_t number, std::string_view beginning) {
    Reject reject = reject_at(number, beginning, nullptr, 0, "line is longer than 1 MiB");
    reject.cut = true;
    return reject;
}

// Turns the pieces of a file into text in which every line ends in a line feed, also the last one
// of the file, and the byte order mark is gone. Scanners then stop at the line feed by themselves.
class LineCutter {
public:
    // `body` lies in the piece; `tail` is a copy of a last line that lacks its end, good until the
    // next cut.
    struct Text {
        std::string_view body;
        std::string_view tail;
    };
    [[nodiscard]] Text cut(std::string_view piece, bool last) {
        if (at_start_ && !piece.empty()) {
            piece = without_mark(piece);
            at_start_ = false;
        }
        if (piece.empty() || piece.back() == '\n')
            return {piece, {}};
        USAGECTL_ASSERT(last);                           // every other piece holds whole lines
        const std::size_t body = piece.rfind('\n') + 1;  // npos + 1 is 0
        tail_.assign(piece.substr(body));
        tail_ += '\n';
        return {piece.substr(0, body), tail_};
    }

private:
    bool at_start_ = true;
    std::string tail_;
};

[[nodiscard]] inline std::uint64_t load_8(const char* at) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, sizeof word);
    if constexpr (std::endian::native == std::endian::big)
        word = __builtin_bswap64(word);
    return word;  // the first byte lowest
}

// Equal bytes; quick for the short, almost always equal texts of one row and the next.
[[nodiscard]] inline bool same_bytes(const char* a, const char* b, std::size_t size) {
    if (size < 8)
        return std::memcmp(a, b, size) == 0;
    std::uint64_t difference = load_8(a + size - 8) ^ load_8(b + size - 8);
    for (std::size_t i = 0; i + 8 < size; i += 8)
        difference |= load_8(a + i) ^ load_8(b + i);
    return difference == 0;
}

// Eight digits at once: the low nibbles of bytes already known to be digits 0 to 9, first digit in
// the lowest byte. Pairs are joined, then pairs of pairs, then the halves.
[[nodiscard]] inline std::uint32_t join_digits(std::uint64_t digits) {
    digits = (digits * 10) + (digits >> 8);
    digits &= 0x00FF00FF00FF00FFU;
    digits = (digits * 100) + (digits >> 16);
    digits &= 0x0000FFFF0000FFFFU;
    return static_cast<std::uint32_t>((digits * 10000) + (digits >> 32));
}

// True when every byte is at most 9.
[[nodiscard]] inline bool all_digits(std::uint64_t bytes) {
    return (((bytes + 0x7676767676767676U) | bytes) & 0x8080808080808080U) == 0;
}

inline constexpr std::uint64_t every_byte = 0x0101010101010101U;

// The eight digits at `at`, or nothing below 2^32 that could be them: `not_eight_digits`.
inline constexpr std::uint32_t not_eight_digits = 0xFFFFFFFFU;
[[nodiscard]] inline std::uint32_t scan_eight_digits(const char* at) {
    const std::uint64_t digits = load_8(at) ^ ('0' * every_byte);
    return all_digits(digits) ? join_digits(digits) : not_eight_digits;
}

// A plain decimal of at most 7 bytes with at most 3 decimals, followed by a comma, times 1000:
// `0.361`, `.145`, `12.5`, `7`. This is what nearly every value of a meter file looks like; size 0
// says that it is something else, right or wrong, and needs the general way. No branch depends on
// where the point or the comma is. Reads the 8 bytes at `at`.
struct Thousandths {
    std::uint32_t value = 0;
    std::uint32_t size = 0;  // bytes before the comma
};
[[nodiscard]] inline Thousandths scan_thousandths(const char* at) {
    // Marks, by its highest bit, the first byte that is zero; marks above it may be wrong.
    const auto mark_zero = [](std::uint64_t bytes) {
        return (bytes - every_byte) & ~bytes & (0x80 * every_byte);
    };
    const auto up_to_mark = [](std::uint64_t marks) { return marks ^ (marks - 1); };

    const std::uint64_t word = load_8(at);
    const std::uint64_t comma = mark_zero(word ^ (',' * every_byte));
    if (comma == 0)
        return {};
    const std::uint64_t with_comma = up_to_mark(comma);
    // Without a point, the comma stands in for it.
    const std::uint64_t point = (mark_zero(word ^ ('.' * every_byte)) | comma) & with_comma;
    const auto size = static_cast<std::uint32_t>(std::countr_zero(comma)) / 8;
    const auto point_bit = static_cast<std::uint32_t>(std::countr_zero(point));
    const std::uint32_t rest = size - point_bit / 8;  // the point and the decimals

    const std::uint64_t token = (word ^ ('0' * every_byte)) & (with_comma >> 8);
    const std::uint64_t whole = up_to_mark(point) >> 8;
    const std::uint64_t digits = (token & whole) | ((token >> 8) & ~whole);
    // Five digits before the point and three after it are eight; `1.` is left to the general way.
    constexpr std::uint32_t last_point_bit = 5 * 8 + 7;
    const bool simple = size != 0 && point_bit <= last_point_bit && rest != 1 && rest <= 4;
    if (!simple || !all_digits(digits))
        return {};
    // The third decimal goes to the highest byte; what is shifted in below are zeros.
    return {join_digits(digits << (last_point_bit - point_bit)), size};
}

}  // namespace usagectl::meter
