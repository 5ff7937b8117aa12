// SPDX-License-Identifier: MIT
// ERCOT LSE (LodeStar Enhanced): four header rows and detail rows per local day, local prevailing
// time, kWh with three decimals. Missing intervals are NULL (blank); no day is left out. A day that
// holds raw values carries the invalid record flag, so that no one settles on it.
#pragma once

#include "meter/writer.hpp"

namespace usagectl::meter {

// Triples (value, status, interval start) on a detail row; rows stay far below the 1,500 characters
// that common importers take.
inline constexpr std::size_t lse_triples_per_row = 48;

[[nodiscard]] std::unique_ptr<SeriesWriter> make_lse_writer(TextSink sink);

}  // namespace usagectl::meter
