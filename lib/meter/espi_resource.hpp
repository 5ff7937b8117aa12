// SPDX-License-Identifier: MIT
// The resources of ESPI (NAESB REQ.21, usage.xsd), parsed from one entry alone. Elements are found
// by local name; what a file leaves out stays empty, and what it says in another shape than the
// schema's is a fault in words.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "meter/espi_cutter.hpp"
#include "meter/espi_time.hpp"
#include "meter/types.hpp"

namespace usagectl::meter {

struct EspiUsagePoint {
    std::optional<std::int64_t> service_kind;
};

struct EspiMeterReading {};

struct EspiReadingType {
    std::optional<std::int64_t> accumulation;
    std::optional<std::int64_t> commodity;
    std::optional<std::int64_t> qualifier;
    std::optional<std::int64_t> flow;
    std::optional<std::int64_t> interval_length;  // seconds
    std::optional<std::int64_t> kind;
    std::optional<std::int64_t> multiplier;  // power of ten
    std::optional<std::int64_t> unit;
    std::string fault;  // an element that is no number
};

struct EspiIntervalBlocks {
    // `interval/start` of each IntervalBlock element, for readings without a time of their own.
    std::vector<std::optional<std::int64_t>> starts;
};

struct EspiEntry {
    std::string self;
    std::string up;
    std::vector<std::string> related;
    std::string title;
    std::int64_t updated = 0;  // unix seconds; 0: not said, or not as RFC 3339 says it
    std::variant<
        std::monostate,
        EspiUsagePoint,
        EspiMeterReading,
        EspiReadingType,
        EspiLocalTime,
        EspiIntervalBlocks>
        resource;
};

// Empty when the text is not well-formed; `why` then says where.
[[nodiscard]] std::optional<EspiEntry> parse_espi_entry(std::string_view shell, std::string& why);

// One reading, small: a block of a year waits in memory until its entry has ended.
struct EspiReading {
    static constexpr std::int64_t no_start = -1;
    std::int64_t start = no_start;  // unix seconds
    std::int64_t value = 0;
    std::uint32_t line = 0;
    std::uint32_t duration = 0;  // seconds; 0: as the ReadingType says
    std::uint32_t ordinal = 0;   // within its block
    std::uint32_t block : 24 = 0;
    std::uint32_t quality : 8 = 0;  // a Quality
};

// What a run of readings held.
struct EspiRun {
    std::vector<EspiReading> readings;
    std::uint32_t blanks = 0;  // readings without a value
    std::uint32_t faulty = 0;  // readings that could not be read; the first of them:
    std::uint64_t fault_line = 0;
    std::string fault;
    std::string_view fault_text;
};
[[nodiscard]] EspiRun
parse_espi_readings(std::string_view run, const std::vector<EspiPlace>& places);

}  // namespace usagectl::meter
