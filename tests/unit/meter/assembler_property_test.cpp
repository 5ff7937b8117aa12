// SPDX-License-Identifier: MIT
#include <map>
#include <tuple>

#include <rapidcheck.h>

#include "meter/merge.hpp"
#include "unit/meter/gathering.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test;

namespace {

struct Interval {
    std::string meter;
    Channel channel = Channel::consumption;
    Instant start{};
    std::int64_t wh = 0;
    Quality quality = Quality::actual;
};

using Key = std::tuple<std::string, Channel, Instant>;
using Values = std::map<Key, std::pair<std::int64_t, Quality>>;

// Three days around the end of daylight saving, thinned out, of several meters.
std::vector<Interval> any_intervals(std::int32_t minutes) {
    std::vector<Interval> intervals;
    const int meters = *rc::gen::inRange(1, 5);
    const Instant begin = at("2026-10-31T05:00:00Z");
    const Instant end = at("2026-11-03T06:00:00Z");
    for (int meter = 0; meter < meters; ++meter)
        for (const Channel channel : {Channel::consumption, Channel::generation}) {
            const int kept = *rc::gen::inRange(0, 11);
            for (Instant slot = begin; slot < end; slot += std::chrono::minutes(minutes))
                if (*rc::gen::inRange(0, 10) < kept)
                    intervals.push_back(Interval{
                        "METER-" + std::to_string(meter),
                        channel,
                        slot,
                        *rc::gen::inRange<std::int64_t>(0, 5000),
                        *rc::gen::element(Quality::actual, Quality::estimated),
                    });
        }
    return intervals;
}

// The blocks as a store would file them: merged in the order in which they came.
Values file_blocks(const std::vector<GatheredBlock>& blocks) {
    std::map<std::tuple<std::string, Channel, LocalDay>, DayBlock> filed;
    for (const GatheredBlock& gathered : blocks) {
        const auto key = std::tuple(gathered.meter, gathered.channel, gathered.day);
        const auto [at, fresh] = filed.try_emplace(key, gathered.block);
        if (!fresh)
            RC_ASSERT(merge(at->second, 0, gathered.block, 0, at->second).counts.rejected == 0U);
    }
    Values values;
    for (const auto& [key, block] : filed)
        for (int slot = 0; slot < block.count; ++slot) {
            const auto i = static_cast<std::size_t>(slot);
            if (block.quality[i] != Quality::missing)
                values[{std::get<0>(key), std::get<1>(key), block.slot_start(slot)}] = {
                    block.wh[i], block.quality[i]};
        }
    return values;
}

}  // namespace

TEST_CASE("intervals come out as they went in, in whatever order and however little room") {
    CHECK(rc::check("permutations", [] {
        const auto minutes = *rc::gen::element<std::int32_t>(15, 30, 60);
        std::vector<Interval> intervals = any_intervals(minutes);
        const int swaps = *rc::gen::element(0, 5, 1000);
        for (int i = 0; i < swaps && intervals.size() > 1; ++i)
            std::swap(
                intervals[*rc::gen::inRange<std::size_t>(0, intervals.size())],
                intervals[*rc::gen::inRange<std::size_t>(0, intervals.size())]
            );
        Gathering sink;
        AssemblerOptions options = options_in("America/Chicago");
        options.open_series = *rc::gen::element<std::size_t>(1, 2, 3, 4096);
        options.batch_blocks = *rc::gen::element<std::size_t>(1, 7, 4096);
        Assembler assembler(options, sink);

        Values expected;
        std::int64_t total = 0;
        for (const Interval& interval : intervals) {
            auto& series = assembler.open(interval.meter, interval.channel, minutes, 0);
            RC_ASSERT(
                assembler.put(series, interval.start, interval.wh, interval.quality, 1) ==
                PutStatus::taken
            );
            expected[{interval.meter, interval.channel, interval.start}] = {
                interval.wh, interval.quality};
            total += interval.wh;
        }
        assembler.finish();
        RC_ASSERT(file_blocks(sink.blocks) == expected);
        RC_ASSERT(assembler.tally().intervals == intervals.size());
        RC_ASSERT(assembler.tally().total_wh == total);
    }));
}

TEST_CASE("a run does what its intervals one by one would do") {
    CHECK(rc::check("runs", [] {
        Gathering by_run;
        Gathering one_by_one;
        AssemblerOptions options = options_in("America/Chicago");
        options.latest_end = at("2026-11-03T12:00:00Z");
        Assembler left(options, by_run);
        Assembler right(options, one_by_one);
        for (int runs = *rc::gen::inRange(1, 8); runs > 0; --runs) {
            const auto minutes = *rc::gen::element<std::int32_t>(5, 60);
            const Instant start =
                at("2026-11-01T00:00:00Z") +
                std::chrono::minutes(5 * *rc::gen::inRange<std::int64_t>(0, 3 * 288));
            const auto wh = *rc::gen::container<std::vector<std::int64_t>>(
                *rc::gen::inRange<std::size_t>(0, 400),
                rc::gen::weightedElement<std::int64_t>({{500, 3}, {500, 900}, {1, -1}})
            );
            auto& series = left.open("1", Channel::consumption, minutes, 0);
            const auto result =
                left.put_run(series, start, wh.data(), wh.size(), Quality::actual, 1);

            auto& other = right.open("1", Channel::consumption, minutes, 0);
            std::size_t taken = 0;
            auto status = PutStatus::taken;
            for (; taken < wh.size(); ++taken) {
                const Instant slot =
                    start + std::chrono::minutes(static_cast<std::int64_t>(taken) * minutes);
                status = right.put(other, slot, wh[taken], Quality::actual, 1);
                if (status != PutStatus::taken)
                    break;
            }
            RC_ASSERT(result.taken == taken);
            RC_ASSERT(result.status == status);
        }
        left.finish();
        right.finish();
        RC_ASSERT(left.tally().intervals == right.tally().intervals);
        RC_ASSERT(left.tally().total_wh == right.tally().total_wh);
        RC_ASSERT(left.tally().first == right.tally().first);
        RC_ASSERT(left.tally().last == right.tally().last);
    }));
}
