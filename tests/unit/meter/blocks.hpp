// SPDX-License-Identifier: MIT
// Day blocks for tests: from a list of values, or made up.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <rapidcheck.h>

#include "meter/codec.hpp"
#include "meter/packing.hpp"

namespace usagectl::test {

// Values of -1 are missing slots; the others have `quality`.
inline meter::DayBlock make_block(
    Instant start,
    std::int32_t minutes,
    const std::vector<std::int64_t>& wh,
    meter::Quality quality = meter::Quality::actual
) {
    meter::DayBlock block;
    block.clear(start, minutes, static_cast<std::int32_t>(wh.size()));
    for (std::size_t i = 0; i < wh.size(); ++i)
        if (wh[i] >= 0) {
            block.wh[i] = wh[i];
            block.quality[i] = quality;
        }
    return block;
}

inline std::string pack(const meter::DayBlock& block, LocalDay day) {
    std::string bytes;
    meter::encode(block, day, bytes);
    return bytes;
}

// Ends made-up content with the checksum it would have.
inline void seal(std::string& content, LocalDay day) {
    meter::Checksum checksum = meter::packing::checksum_of_day(day);
    checksum.add(content);
    content += static_cast<char>(checksum.value() & 0xff);
    content += static_cast<char>(checksum.value() >> 8);
}

inline std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

// Values of one character: small, up to the largest, repeated, or zero for most of the day.
inline std::int64_t any_value(int character) {
    switch (character) {
    case 0:
        return *rc::gen::inRange<std::int64_t>(0, 2000);
    case 1:
        return *rc::gen::inRange<std::int64_t>(0, meter::max_interval_wh + 1);
    case 2:
        return *rc::gen::element<std::int64_t>(0, 1, 7, meter::max_interval_wh);
    case 3:
        return *rc::gen::weightedElement<std::int64_t>({{20, 0}, {1, 17}, {1, 5'000'000}});
    default:
        return std::int64_t{1} << *rc::gen::inRange(0, 40);
    }
}

inline meter::DayBlock any_block(LocalDay day) {
    const int count = *rc::gen::weightedOneOf<int>(
        {{3, rc::gen::element(1, 23, 24, 92, 96, 100, 288, meter::max_slots)},
         {2, rc::gen::inRange(1, meter::max_slots + 1)}}
    );
    const auto minutes = *rc::gen::element<std::int32_t>(5, 10, 15, 30, 60);
    const auto offset = *rc::gen::weightedOneOf<std::int64_t>(
        {{2, rc::gen::map(rc::gen::inRange<std::int64_t>(-30, 31), [](auto n) { return n * 30; })},
         {1, rc::gen::inRange<std::int64_t>(-36 * 60, 36 * 60 + 1)}}
    );
    meter::DayBlock block;
    block.clear(instant(std::int64_t{day_number(day)} * 86400 + offset * 60), minutes, count);
    const int character = *rc::gen::inRange(0, 5);
    const int runs = *rc::gen::inRange(0, 3);
    auto quality = *rc::gen::element(meter::Quality::actual, meter::Quality::estimated);
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        if (runs == 2 || (runs == 1 && *rc::gen::inRange(0, 12) == 0))
            quality = *rc::gen::element(
                meter::Quality::missing, meter::Quality::estimated, meter::Quality::actual
            );
        block.quality[i] = quality;
        block.wh[i] = quality == meter::Quality::missing ? 0 : any_value(character);
    }
    return block;
}

}  // namespace usagectl::test
