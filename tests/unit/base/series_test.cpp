// SPDX-License-Identifier: MIT
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/base/series_fixture.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using std::chrono::minutes;

namespace {

const Instant origin = utc("2026-06-01T05:00:00Z");

Instant at(std::int64_t minute) {
    return origin + minutes(minute);
}

StoredBlock
vee(std::int64_t minute, std::int32_t length, std::string_view pattern, std::int64_t wh = 0) {
    return stored(Layer::vee, at(minute), length, pattern, wh);
}
StoredBlock
raw(std::int64_t minute, std::int32_t length, std::string_view pattern, std::int64_t wh = 0) {
    return stored(Layer::raw, at(minute), length, pattern, wh);
}

// `0-15 vA7`: from minute 0 to 15, VEE actual, 7 Wh. `15-30 -`: missing.
std::string described(const SeriesInterval& interval) {
    const auto minute = [](Instant instant) {
        return std::to_string(std::chrono::duration_cast<minutes>(instant - origin).count());
    };
    std::string text = minute(interval.start) + "-" + minute(interval.end) + " ";
    if (interval.quality == Quality::missing) {
        return text + (interval.wh == 0 && !interval.layer ? "-" : "missing with a value");
    }
    text += interval.layer == Layer::vee ? 'v' : 'r';
    text += interval.quality == Quality::actual ? 'A' : 'E';
    return text + std::to_string(interval.wh);
}

std::string described(const std::vector<SeriesInterval>& series) {
    std::string text;
    for (const SeriesInterval& interval : series) {
        text += (text.empty() ? "" : " | ") + described(interval);
    }
    return text;
}

struct Case {
    const char* rule;
    std::vector<StoredBlock> blocks;
    std::int64_t to;
    LayerChoice choice;
    std::string series;
};

void check(const std::vector<Case>& cases) {
    for (const Case& row : cases) {
        INFO(row.rule);
        const auto series = assemble_series(row.blocks, at(0), at(row.to), 15, row.choice);
        CHECK(described(series) == row.series);
        std::vector<StoredBlock> reversed(row.blocks.rbegin(), row.blocks.rend());
        CHECK(assemble_series(reversed, at(0), at(row.to), 15, row.choice) == series);
    }
}

}  // namespace

TEST_CASE("the best value of an interval is VEE actual, then VEE estimated, then raw") {
    const StoredBlock settled = vee(0, 15, "AE..", 10);
    const StoredBlock fetched = raw(0, 15, "AAE.", 20);
    check({
        {"best of both",
         {settled, fetched},
         60,
         LayerChoice::best,
         "0-15 vA10 | 15-30 vE11 | 30-45 rE22 | 45-60 -"},
        {"VEE alone",
         {settled, fetched},
         60,
         LayerChoice::vee,
         "0-15 vA10 | 15-30 vE11 | 30-45 - | 45-60 -"},
        {"raw alone",
         {settled, fetched},
         60,
         LayerChoice::raw,
         "0-15 rA20 | 15-30 rA21 | 30-45 rE22 | 45-60 -"},
        {"an actual value beats an estimated one of the same layer",
         {vee(0, 15, "EA", 10), vee(0, 15, "AE", 20)},
         30,
         LayerChoice::best,
         "0-15 vA20 | 15-30 vA11"},
    });
}

TEST_CASE("what no block covers is missing, in steps cut short only where they must be") {
    check({
        {"no block at all", {}, 45, LayerChoice::best, "0-15 - | 15-30 - | 30-45 -"},
        {"the span ends within a step", {}, 40, LayerChoice::best, "0-15 - | 15-30 - | 30-40 -"},
        {"a value begins within a step",
         {vee(25, 5, "A")},
         45,
         LayerChoice::best,
         "0-15 - | 15-25 - | 25-30 vA0 | 30-45 -"},
        {"two days with a hole between",
         {vee(45, 15, "A", 3), vee(0, 15, "A", 1)},
         60,
         LayerChoice::best,
         "0-15 vA1 | 15-30 - | 30-45 - | 45-60 vA3"},
        {"an empty span", {vee(0, 15, "A")}, 0, LayerChoice::best, ""},
        {"a span of negative length", {vee(0, 15, "A")}, -15, LayerChoice::best, ""},
    });
}

TEST_CASE("an interval belongs to the span it starts in") {
    check({
        {"it may end behind the span",
         {vee(0, 60, "AA", 5)},
         75,
         LayerChoice::best,
         "0-60 vA5 | 60-120 vA6"},
        {"what began before is not given",
         {vee(-15, 30, "AA", 5)},
         45,
         LayerChoice::best,
         "0-15 - | 15-45 vA6"},
        {"blocks outside are passed over",
         {vee(-60, 15, "AAAA", 1), vee(30, 15, "AAAA", 7), vee(0, 15, "AA", 5)},
         30,
         LayerChoice::best,
         "0-15 vA5 | 15-30 vA6"},
        {"a block that covers more than the span",
         {vee(-30, 15, "AAAAAA")},
         30,
         LayerChoice::best,
         "0-15 vA2 | 15-30 vA3"},
    });
}

TEST_CASE("no time is counted twice where grids differ or blocks overlap") {
    check({
        {"raw quarters under a VEE half hour",
         {vee(0, 30, "A.", 10), raw(0, 15, "AAAA", 20)},
         60,
         LayerChoice::best,
         "0-30 vA10 | 30-45 rA22 | 45-60 rA23"},
        {"a VEE quarter is never hidden by a raw half hour",
         {raw(0, 30, "AA", 10), vee(0, 15, ".AAA", 20)},
         60,
         LayerChoice::best,
         "0-15 - | 15-30 vA21 | 30-45 vA22 | 45-60 vA23"},
        {"blocks of one layer that overlap, equally good",
         {vee(0, 15, "AAAA", 10), vee(30, 15, "AAAA", 20)},
         90,
         LayerChoice::best,
         "0-15 vA10 | 15-30 vA11 | 30-45 vA12 | 45-60 vA13 | 60-75 vA22 | 75-90 vA23"},
        {"grids of one layer that are shifted",
         {vee(0, 30, "AA", 10), vee(45, 30, "AA", 20)},
         105,
         LayerChoice::best,
         "0-30 vA10 | 30-60 vA11 | 60-75 - | 75-105 vA21"},
        {"of equally good ones that start together the finest",
         {vee(0, 30, "A", 10), vee(0, 15, "AA", 20)},
         30,
         LayerChoice::best,
         "0-15 vA20 | 15-30 vA21"},
    });
}

namespace {

std::vector<StoredBlock> any_blocks() {
    std::vector<StoredBlock> blocks(*rc::gen::inRange<std::size_t>(0, 8));
    std::int32_t number = 0;
    for (StoredBlock& block : blocks) {
        const auto layer = *rc::gen::element(Layer::vee, Layer::raw);
        const auto length = *rc::gen::element<std::int32_t>(5, 10, 15, 30, 60);
        const auto start = *rc::gen::inRange<std::int64_t>(-100, 300) * 5;
        const auto letters = rc::gen::element('A', 'A', 'A', 'E', '.');
        const auto size = *rc::gen::inRange<std::size_t>(0, 60);
        const auto pattern = *rc::gen::container<std::string>(size, letters);
        block = stored(layer, at(start), length, pattern, number * 1000);
        block.day = local_day(number++);
    }
    return blocks;
}

int goodness(Layer layer, Quality quality) {
    return (layer == Layer::vee ? 2 : 0) + (quality == Quality::actual ? 1 : 0);
}

using Visit = std::function<void(const StoredBlock& block, Instant start, Instant end, Quality)>;

void each_value(const std::vector<StoredBlock>& blocks, const Visit& visit) {
    for (const StoredBlock& block : blocks) {
        for (int slot = 0; slot < block.block.count; ++slot) {
            const Quality quality = block.block.quality[static_cast<std::size_t>(slot)];
            const Instant start = block.block.slot_start(slot);
            if (quality != Quality::missing)
                visit(block, start, start + minutes(block.block.minutes), quality);
        }
    }
}

// A raw value that shares an instant with a settled one gives way to it, and a lesser raw value
// that starts with it and ends sooner may then be the best there is.
bool gives_way(
    const std::vector<StoredBlock>& blocks, const StoredBlock& of, Instant start, Instant end
) {
    bool shared = false;
    if (of.layer == Layer::raw) {
        each_value(blocks, [&](const StoredBlock& block, Instant from, Instant to, Quality) {
            shared = shared || (block.layer == Layer::vee && from < end && start < to);
        });
    }
    return shared;
}

void leave_out(StoredBlock& stored, Instant from, Instant to) {
    for (int slot = 0; slot < stored.block.count; ++slot) {
        const Instant start = stored.block.slot_start(slot);
        if (start < from || start >= to)
            stored.block.quality[static_cast<std::size_t>(slot)] = Quality::missing;
    }
}

// The best value that starts at each instant, over all blocks.
std::map<Instant, int> best_by_start(const std::vector<StoredBlock>& blocks) {
    std::map<Instant, int> best;
    each_value(blocks, [&](const StoredBlock& block, Instant start, Instant end, Quality quality) {
        if (gives_way(blocks, block, start, end))
            return;
        int& found = best.try_emplace(start, -1).first->second;
        found = std::max(found, goodness(block.layer, quality));
    });
    return best;
}

}  // namespace

TEST_CASE("a series covers its span exactly and never passes over a better value") {
    CHECK(rc::check("any blocks", [] {
        const std::vector<StoredBlock> blocks = any_blocks();
        const Instant from = at(*rc::gen::inRange<std::int64_t>(-600, 600));
        const Instant to = from + minutes(*rc::gen::inRange<std::int64_t>(1, 900));
        const auto step = *rc::gen::element<std::int32_t>(5, 15, 60);
        const auto series = assemble_series(blocks, from, to, step, LayerChoice::best);
        // Values that start outside the span are no part of the answer, nor in anybody's way.
        std::vector<StoredBlock> within = blocks;
        for (StoredBlock& block : within)
            leave_out(block, from, to);
        const std::map<Instant, int> best = best_by_start(within);
        std::vector<StoredBlock> settled = blocks;
        std::erase_if(settled, [](const StoredBlock& block) { return block.layer == Layer::raw; });
        const std::map<Instant, int> vee = best_by_start(settled);

        Instant covered = from;
        for (const SeriesInterval& interval : series) {
            RC_ASSERT(interval.start == covered);
            RC_ASSERT(interval.start < interval.end);
            RC_ASSERT(interval.start < to);
            covered = interval.end;
            if (interval.quality == Quality::missing) {
                RC_ASSERT(interval.end - interval.start <= minutes(step));
                // A raw value may be left out for a settled one it overlaps; a settled one never.
                RC_ASSERT(vee.lower_bound(interval.start) == vee.lower_bound(interval.end));
            } else {
                RC_ASSERT(goodness(*interval.layer, interval.quality) == best.at(interval.start));
            }
        }
        RC_ASSERT(covered == to || (covered > to && series.back().quality != Quality::missing));
    }));
}

TEST_CASE("a series does not depend on the order of its blocks") {
    CHECK(rc::check("shuffled", [] {
        std::vector<StoredBlock> blocks = any_blocks();
        const auto series = assemble_series(blocks, at(0), at(600), 15, LayerChoice::best);
        std::rotate(
            blocks.begin(),
            blocks.begin() + static_cast<std::ptrdiff_t>(blocks.size() / 2),
            blocks.end()
        );
        RC_ASSERT(assemble_series(blocks, at(0), at(600), 15, LayerChoice::best) == series);
        std::reverse(blocks.begin(), blocks.end());
        RC_ASSERT(assemble_series(blocks, at(0), at(600), 15, LayerChoice::best) == series);
    }));
}
