// SPDX-License-Identifier: MIT
// The text of a tariff file to a tariff, or to everything that is wrong with it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "layout/mistake.hpp"
#include "tariff/types.hpp"

namespace usagectl::tariff {

using layout::Mistake;
using layout::Place;

// Exactly one of the two: a tariff that can be charged by, or mistakes in the order of the file.
struct ReadTariff {
    std::optional<Tariff> tariff;
    std::vector<Mistake> mistakes;
};
[[nodiscard]] ReadTariff read_tariff(std::string_view text);

}  // namespace usagectl::tariff
