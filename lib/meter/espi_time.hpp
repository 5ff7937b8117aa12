// SPDX-License-Identifier: MIT
// LocalTimeParameters of ESPI: an offset and two rules, and the IANA zone that behaves so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace usagectl::meter {

// DstRuleType (usage.xsd): the moment of every year at which daylight saving begins or ends, in the
// wall clock time that is showing.
struct EspiDstRule {
    // Which day of the month: `ordinal` 1 to 4 the first to fourth `weekday`, 5 the last one; 0 the
    // day itself or, with a weekday, the first such weekday on or after it.
    std::uint32_t month = 0;  // 1 January
    std::uint32_t ordinal = 0;
    std::uint32_t day = 0;
    std::uint32_t weekday = 0;  // 1 Monday to 7 Sunday; 0 none
    std::uint32_t second = 0;   // of the day
    bool operator==(const EspiDstRule&) const = default;
};

// Eight hexadecimal digits. Empty for what names no moment.
[[nodiscard]] std::optional<EspiDstRule> parse_espi_dst_rule(std::string_view text);

struct EspiLocalTime {
    std::optional<std::int64_t> offset;      // seconds east of UTC, without daylight saving
    std::optional<std::int64_t> dst_offset;  // seconds added by it
    std::string dst_start;                   // DstRuleType, as written
    std::string dst_end;
};

// The name of a zone with the same offset and rules; empty when none is known. Where several zones
// agree, the most populous.
[[nodiscard]] std::string espi_zone(const EspiLocalTime& time);

}  // namespace usagectl::meter
