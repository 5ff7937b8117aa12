// SPDX-License-Identifier: MIT
// What the fake market's meters measure: figures that follow from a seed, the meter and the time
// alone, so that a test can tell what must have arrived.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/instant.hpp"
#include "meter/household.hpp"
#include "meter/types.hpp"

namespace usagectl::test {

[[nodiscard]] inline std::uint64_t
fake_mix(std::uint64_t seed, std::string_view esi_id, Instant start, meter::Channel channel) {
    std::uint64_t text = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : esi_id)
        text = (text ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    const auto slot = static_cast<std::uint64_t>(unix_seconds(start) / 900);
    return meter::random_stream(seed, static_cast<std::uint64_t>(channel), text, slot).next();
}

// Of the 15 minutes from `start`: 10 to 1009 Wh.
[[nodiscard]] inline std::int64_t
fake_wh(std::uint64_t seed, std::string_view esi_id, Instant start, meter::Channel channel) {
    return 10 + static_cast<std::int64_t>(fake_mix(seed, esi_id, start, channel) % 1000);
}

// One interval in about fifty is estimated.
[[nodiscard]] inline bool
fake_estimated(std::uint64_t seed, std::string_view esi_id, Instant start, meter::Channel channel) {
    return (fake_mix(seed, esi_id, start, channel) >> 32U) % 50 == 0;
}

// The register in Wh: what it was in 2020, and 400 Wh an hour since.
[[nodiscard]] inline std::int64_t fake_register_wh(Instant at) {
    constexpr std::int64_t start_of_2020 = 1'577'836'800;
    return 9'000'000 + (unix_seconds(at) - start_of_2020) / 9;
}

}  // namespace usagectl::test
