// SPDX-License-Identifier: MIT
// An assembler with a sink that keeps the blocks it was given, in order, unpacked.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "meter/assembler.hpp"
#include "meter/codec.hpp"

namespace usagectl::test {

struct GatheredBlock {
    std::string meter;
    meter::Channel channel = meter::Channel::consumption;
    LocalDay day{};
    std::int64_t revision = 0;
    std::uint64_t line = 0;
    const Zone* zone = nullptr;
    meter::DayBlock block;
};

class Gathering final : public meter::BatchSink {
public:
    void take(meter::BlockBatch&& batch) override {
        ++batches;
        largest_batch = std::max(largest_batch, batch.entries.size());
        for (const auto& entry : batch.entries) {
            GatheredBlock& gathered = blocks.emplace_back();
            gathered.meter = std::string(batch.name(entry));
            gathered.channel = entry.channel;
            gathered.day = entry.day;
            gathered.revision = entry.revision;
            gathered.line = entry.line;
            gathered.zone = entry.zone;
            REQUIRE(meter::decode(batch.bytes(entry), entry.day, gathered.block) == "");
            REQUIRE(gathered.block.minutes == entry.minutes);
            REQUIRE(gathered.block.present() == entry.present);
            REQUIRE(gathered.block.present() > 0);
        }
        for (auto& reject : batch.rejects)
            rejects.push_back(std::move(reject));
    }

    std::vector<GatheredBlock> blocks;
    std::vector<meter::Reject> rejects;
    std::size_t batches = 0;
    std::size_t largest_batch = 0;
};

inline const Zone* zone(std::string_view name) {
    return Zone::find(name).value();
}

inline meter::AssemblerOptions options_in(std::string_view zone_name) {
    meter::AssemblerOptions options;
    options.zone = zone(zone_name);
    options.latest_end = parse_instant("2100-01-01T00:00:00Z").value();
    return options;
}

inline Instant at(std::string_view text) {
    return parse_instant(text).value();
}

}  // namespace usagectl::test
