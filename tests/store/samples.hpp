// SPDX-License-Identifier: MIT
// Made-up day blocks and the batches and sources that carry them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/store.hpp"
#include "meter/batch.hpp"

namespace usagectl::test {

inline const LocalDay monday = local_day(20716);  // 2026-09-20

[[nodiscard]] LocalDay day_after(int days);  // counted from `monday`

struct SampleBlock {
    std::string meter = "1001";
    LocalDay day = monday;
    std::vector<std::int64_t> wh = {100, 200, 300, 400};  // hours from midnight; -1: missing
    std::int64_t revision = 0;
    meter::Channel channel = meter::Channel::consumption;
    std::uint64_t line = 1;
};

// A day of 24 hours in UTC, missing after what is given.
[[nodiscard]] meter::DayBlock unpacked(const SampleBlock& sample);
[[nodiscard]] meter::BlockBatch batch_of(const std::vector<SampleBlock>& samples);
// The values of a block up to its last one that is not missing; -1: missing.
[[nodiscard]] std::vector<std::int64_t> values_of(const meter::DayBlock& block);

// Replaces the block of an entry by another one, said to come from `line`.
void repack(
    meter::BlockBatch& batch, std::size_t entry, const meter::DayBlock& block, std::uint64_t line
);

// What filing a batch as a file of its own did.
struct Filed {
    meter::Source source;
    meter::Counts counts;
    std::vector<meter::Reject> rejects;
};
struct SampleFile {
    std::vector<SampleBlock> blocks;
    Instant known_at = instant(1'790'000'000);
    meter::Layer layer = meter::Layer::vee;
    std::string sha256 = {};  // by default one that no other file has
};
// Opens a source, files the blocks, closes it. Inside a transaction the caller opened.
Filed file_in_transaction(app::Store& store, const SampleFile& file);
// The same in a transaction of its own.
Filed file(app::Store& store, const SampleFile& file);
Filed file_batch(app::Store& store, const meter::BlockBatch& batch);

[[nodiscard]] std::vector<std::int64_t>
read_values(app::Store& store, const std::string& meter, LocalDay day = monday);
[[nodiscard]] std::vector<std::int64_t>
read_known_values(app::Store& store, const std::string& meter, Instant known_at);

}  // namespace usagectl::test
