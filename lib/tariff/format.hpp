// SPDX-License-Identifier: MIT
// The layout of a tariff file. The reader and the published schema both come from this table.
#pragma once

#include "layout/format.hpp"

namespace usagectl::tariff {

[[nodiscard]] const layout::Format& format();

}  // namespace usagectl::tariff
