// SPDX-License-Identifier: MIT
// What a ReadingType means for the store: electrical energy per interval, which way it flows and in
// which unit; or why it is not taken, by name.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "meter/espi_resource.hpp"

namespace usagectl::meter {

struct EspiVerdict {
    std::string refusal;  // why readings of this type are not taken; empty when they are
    Channel channel = Channel::consumption;
    bool net = false;    // flows both ways in one figure: a negative one cannot be stored
    int multiplier = 0;  // a value times 10^multiplier is Wh
    std::int64_t interval_length = 0;  // seconds; 0 when every reading must say
};
[[nodiscard]] EspiVerdict judge_espi(const EspiReadingType& type);

// A sentence for a ServiceCategory that is not electricity; empty when it is, or when none is
// given.
[[nodiscard]] std::string refuse_espi_service(const EspiUsagePoint& point);

// value * 10^multiplier, rounded half-even; empty when it is beyond any energy. Multiplier -12
// to 12.
struct EspiEnergy {
    std::int64_t wh = 0;
    bool rounded = false;
};
[[nodiscard]] std::optional<EspiEnergy> espi_energy(std::int64_t value, int multiplier);

}  // namespace usagectl::meter
