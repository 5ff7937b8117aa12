// SPDX-License-Identifier: MIT
// What the two halves of the block codec agree on: the fields of usagectl-block(5) in numbers.
#pragma once

#include <array>
#include <cstdint>

#include "meter/bits.hpp"
#include "meter/checksum.hpp"
#include "meter/codec.hpp"

namespace usagectl::meter::packing {

inline constexpr std::uint64_t version = 1;
inline constexpr std::size_t checksum_bytes = 2;

// How the qualities are told: one word for the day, or runs.
enum class Qualities : std::uint8_t { actual = 0, estimated = 1, runs = 2 };

// How the values are told: as the distance above the smallest one (floor) or from the one before
// (delta), with one Rice parameter for the day or one per segment of it.
enum class Form : std::uint8_t {
    constant = 0,
    floor = 1,
    floor_segments = 2,
    delta = 3,
    delta_segments = 4,
};
constexpr bool is_delta(Form form) {
    return form == Form::delta || form == Form::delta_segments;
}
constexpr bool is_segmented(Form form) {
    return form == Form::floor_segments || form == Form::delta_segments;
}

inline constexpr std::array<std::int32_t, 5> minutes{5, 10, 15, 30, 60};

// Starts of an ordinary day, in half hours from the day's UTC midnight; the code is the difference
// from the earliest. Anything else is spelt out after the code `spelt_out`.
inline constexpr std::int64_t earliest_half_hour = -30;
inline constexpr std::int64_t half_hours = 61;
inline constexpr std::uint64_t spelt_out = 63;
inline constexpr std::int64_t earliest_minute = -36 * 60;

// Widths of the first value or smallest value, told by a code of three bits.
inline constexpr std::array<int, 8> base_widths{0, 4, 8, 12, 16, 24, 32, 40};

constexpr int base_code(std::int64_t base) {
    const int width = bit_length(static_cast<std::uint64_t>(base));
    int code = 0;
    while (base_widths[static_cast<std::size_t>(code)] < width)
        ++code;
    return code;
}

inline constexpr int segment_slots = 12;
inline constexpr int max_segments = max_slots / segment_slots;
inline constexpr int max_parameter = 31;
inline constexpr int max_selector = 7;

// The largest quotient told in unary; it stands for itself and all above, whose bits follow at the
// end. No residual has more than `residual_bits` bits.
inline constexpr std::uint64_t escape = 15;
inline constexpr int residual_bits = 41;

constexpr int segments(int values) {
    return (values + segment_slots - 1) / segment_slots;
}

// Zig-zag: 0, -1, 1, -2, … become 0, 1, 2, 3, …
constexpr std::uint64_t fold(std::int64_t delta) {
    return static_cast<std::uint64_t>(delta) << 1 ^ static_cast<std::uint64_t>(delta >> 63);
}
constexpr std::int64_t unfold(std::uint64_t folded) {
    return static_cast<std::int64_t>(folded >> 1 ^ (0 - (folded & 1)));
}

inline Checksum checksum_of_day(LocalDay day) {
    const auto number = static_cast<std::uint32_t>(day_number(day));
    std::array<char, 4> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(number >> (8 * i) & 0xff);
    Checksum checksum;
    checksum.add(std::string_view(bytes.data(), bytes.size()));
    return checksum;
}

}  // namespace usagectl::meter::packing
