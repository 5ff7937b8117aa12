// SPDX-License-Identifier: MIT
// An energy value as a line format writes it, checked against everything but time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace usagectl::meter {

struct EnergyText {
    std::int64_t wh = 0;
    bool inexact = false;  // finer than 1 Wh: rounded half-even
    std::string fault;     // why it is no energy an interval can have; empty when it is
};

// `text` in kWh (`scale` 3) or Wh (`scale` 0).
[[nodiscard]] EnergyText read_energy(std::string_view text, int scale);

}  // namespace usagectl::meter
