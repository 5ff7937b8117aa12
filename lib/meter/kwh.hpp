// SPDX-License-Identifier: MIT
// Energy as people read it: kilowatt hours with three decimals, which is exact for whole Wh.
#pragma once

#include <cstdint>
#include <string>

namespace usagectl::meter {

// 1204 is "1.204"; -5 is "-0.005".
[[nodiscard]] inline std::string kwh_text(std::int64_t wh) {
    const std::uint64_t size =
        wh < 0 ? 0 - static_cast<std::uint64_t>(wh) : static_cast<std::uint64_t>(wh);
    const std::string decimals = std::to_string(size % 1000);
    return (wh < 0 ? "-" : "") + std::to_string(size / 1000) + "." +
           std::string(3 - decimals.size(), '0') + decimals;
}

}  // namespace usagectl::meter
