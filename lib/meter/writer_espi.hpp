// SPDX-License-Identifier: MIT
// Green Button / ESPI (NAESB REQ.21): an Atom feed with a UsagePoint and its LocalTimeParameters
// per meter, a MeterReading and ReadingType per channel, and an IntervalBlock per local day, in Wh.
// Missing intervals are left out; every reading says its own start and duration.
#pragma once

#include <cstdint>
#include <string>

#include "meter/writer.hpp"

namespace usagectl::meter {

// How a clock changes in one year, as LocalTimeParameters says it. Rules are 32-bit DstRuleType
// codes; a zone that does not change its clock has both FFFFFFFF and offset 0.
struct EspiClock {
    std::int32_t tz_offset = 0;  // seconds east of UTC, without daylight saving
    std::int32_t dst_offset = 0;
    std::uint32_t dst_start_rule = 0xFFFFFFFF;
    std::uint32_t dst_end_rule = 0xFFFFFFFF;
};
// For the year that `day` is in.
[[nodiscard]] EspiClock espi_clock(const Zone& zone, LocalDay day);

// Atom demands times of publication; `updated` is all of them. Identifiers follow from the content:
// the same series gives the same feed.
[[nodiscard]] std::unique_ptr<SeriesWriter> make_espi_writer(TextSink sink, Instant updated);

}  // namespace usagectl::meter
