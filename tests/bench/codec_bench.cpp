// SPDX-License-Identifier: MIT
// What a block costs, per interval: packing, unpacking, and the way from a reader to a batch.
// Prints one line per figure; the best of several rounds, on made-up households.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "meter/assembler.hpp"
#include "meter/codec.hpp"

namespace {

using namespace usagectl;
using namespace usagectl::meter;

constexpr int blocks = 200;
constexpr int rounds = 50;
constexpr int slots = 96;
constexpr int meters = 20'000;
constexpr std::int32_t first_day = 20'000;

// A base load with appliances that come and go; spread and level are those of a house with an air
// conditioner.
std::vector<DayBlock> households() {
    std::mt19937_64 random(2026);
    std::vector<DayBlock> days(blocks);
    for (int day = 0; day < blocks; ++day) {
        DayBlock& block = days[static_cast<std::size_t>(day)];
        block.clear(instant((std::int64_t{first_day} + day) * 86400 + 6 * 3600), 15, slots);
        std::int64_t load = 150;
        for (int slot = 0; slot < slots; ++slot) {
            if (random() % 4 == 0)
                load = 120 + static_cast<std::int64_t>(random() % 900);
            const auto at = static_cast<std::size_t>(slot);
            block.wh[at] = load + static_cast<std::int64_t>(random() % 90);
            block.quality[at] = Quality::actual;
        }
    }
    return days;
}

// `work` gives the number of intervals it has done.
template <class Work>
void measure(const char* what, Work&& work) {
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t intervals = work();
        const std::chrono::duration<double, std::nano> time =
            std::chrono::steady_clock::now() - begin;
        best = std::min(best, time.count() / static_cast<double>(intervals));
    }
    std::printf("%-28s %6.2f ns per interval\n", what, best);
}

struct Forgetting final : BatchSink {
    void take(BlockBatch&& batch) override { bytes += batch.arena.size(); }
    std::size_t bytes = 0;
};

AssemblerOptions options() {
    AssemblerOptions options;
    options.zone = Zone::find("Etc/GMT+6").value();
    options.latest_end = instant(std::int64_t{1} << 32);
    return options;
}

std::string name_of(int meter) {
    return std::to_string(10'443'720'000'000'001 + meter);
}

// A settlement file: every meter once, a whole day in one call.
std::size_t by_run(const std::vector<DayBlock>& days) {
    Forgetting sink;
    Assembler assembler(options(), sink);
    std::size_t taken = 0;
    for (int meter = 0; meter < meters; ++meter) {
        const DayBlock& day = days[static_cast<std::size_t>(meter) % days.size()];
        auto& series = assembler.open(name_of(meter), Channel::consumption, 15, 0);
        taken += assembler.put_run(series, days[0].start, day.wh.data(), slots, Quality::actual, 1)
                     .taken;
    }
    assembler.finish();
    return taken;
}

// A portal file: one meter, row by row; with `channels` 2 its two channels take turns.
std::size_t by_row(const std::vector<DayBlock>& days, int channels) {
    Forgetting sink;
    Assembler assembler(options(), sink);
    const std::string meter = name_of(0);
    for (const DayBlock& day : days)
        for (int slot = 0; slot < slots; ++slot)
            for (int channel = 0; channel < channels; ++channel) {
                auto& series = assembler.open(
                    meter, channel == 0 ? Channel::consumption : Channel::generation, 15, 0
                );
                const std::int64_t wh = day.wh[static_cast<std::size_t>(slot)];
                const auto line = static_cast<std::uint64_t>(slot);
                assembler.put(series, day.slot_start(slot), wh, Quality::actual, line);
            }
    assembler.finish();
    return assembler.tally().intervals;
}

}  // namespace

int main() {
    const std::vector<DayBlock> days = households();
    std::vector<std::string> packed(days.size());
    std::size_t bytes = 0;
    measure("encode", [&] {
        bytes = 0;
        for (std::size_t i = 0; i < days.size(); ++i) {
            packed[i].clear();
            encode(days[i], local_day(first_day + static_cast<std::int32_t>(i)), packed[i]);
            bytes += packed[i].size();
        }
        return days.size() * slots;
    });
    std::size_t damaged = 0;
    measure("decode", [&] {
        DayBlock block;
        for (std::size_t i = 0; i < packed.size(); ++i)
            if (!decode(packed[i], local_day(first_day + static_cast<std::int32_t>(i)), block)
                     .empty())
                ++damaged;
        return packed.size() * slots;
    });
    std::printf(
        "%-28s %6.3f bytes per interval\n",
        "packed",
        static_cast<double>(bytes) / static_cast<double>(days.size() * slots)
    );
    measure("put_run and encode", [&] { return by_run(days); });
    measure("open, put and encode", [&] { return by_row(days, 1); });
    measure("the same, two channels", [&] { return by_row(days, 2); });
    return damaged == 0 ? 0 : 1;
}
