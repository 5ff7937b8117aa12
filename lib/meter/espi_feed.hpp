// SPDX-License-Identifier: MIT
// The resources of one ESPI feed and how they hang together: an IntervalBlock belongs to a
// MeterReading, which has a ReadingType and belongs to a UsagePoint, which has LocalTimeParameters.
//
// Links decide: rel up of the one is rel related of the other, or its address lies under the
// other's rel self. Where a feed holds just one resource of a kind, nothing else can be meant.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "meter/espi_verdict.hpp"

namespace usagectl::meter {

// What is known of a block. Pointers are good until the next resource is added.
struct EspiOrigin {
    const EspiVerdict* verdict = nullptr;  // null: no ReadingType
    std::string_view service_refusal;
    std::string_view zone;  // IANA name; empty: the file does not say, or no zone behaves so
    std::string meter;      // empty: nothing names the meter
    std::string point;      // the UsagePoint, told from all others
    std::string reading;    // the MeterReading, told from all others
    bool settled = false;   // nothing that comes later in the file can change the above
};

class EspiFeed {
public:
    // Blocks are none of these: the reader keeps them.
    void add(const EspiEntry& entry);
    // `at_end`: nothing more comes, so that what is the only one of its kind may stand in.
    [[nodiscard]] EspiOrigin trace(const EspiEntry& block, bool at_end) const;
    // Bytes of names held, roughly, for the reader's bound.
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

private:
    struct Point {
        std::string path;
        std::string name;
        std::string refusal;
        std::vector<std::string> related;
    };
    struct MeterReading {
        std::string path;
        std::string up;
        std::string title;
        std::vector<std::string> related;
    };

    [[nodiscard]] const MeterReading* find_reading(const EspiEntry& block) const;
    [[nodiscard]] const EspiVerdict*
    find_type(const MeterReading* reading, const EspiEntry& block, bool at_end) const;
    [[nodiscard]] const Point*
    find_point(const MeterReading* reading, const EspiEntry& block, bool at_end) const;
    void find_zone(const Point* point, bool at_end, EspiOrigin& origin) const;

    // Values live in maps, whose addresses last. Keys are addresses without server and slashes.
    std::map<std::string, Point> points_;
    std::map<std::string, MeterReading> readings_;
    std::map<std::string, EspiVerdict> types_;
    std::map<std::string, std::string> zones_;
    // From a collection an entry is related to, to that entry's key.
    std::unordered_map<std::string, std::string> reading_of_;
    std::unordered_map<std::string, std::string> point_of_;
    std::uint64_t nameless_ = 0;
    std::size_t bytes_ = 0;
};

// `name` with each character no meter name may have replaced by a minus; empty when it is too long.
[[nodiscard]] std::string espi_meter_name(std::string_view name);

}  // namespace usagectl::meter
