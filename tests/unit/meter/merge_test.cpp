// SPDX-License-Identifier: MIT
#include "meter/merge.hpp"

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/meter/blocks.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test;

namespace {

constexpr Instant start = instant(1'700'006'400);

// Four slots as text: `7a` is 7 Wh actual, `7e` estimated, `-` missing.
DayBlock parse(std::string_view text, std::int32_t minutes = 15, Instant first = start) {
    std::vector<std::pair<std::int64_t, Quality>> slots;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == ' ')
            continue;
        if (text[at] == '-') {
            slots.emplace_back(0, Quality::missing);
            continue;
        }
        const std::int64_t wh = text[at] - '0';
        slots.emplace_back(wh, text[++at] == 'a' ? Quality::actual : Quality::estimated);
    }
    DayBlock block;
    block.clear(first, minutes, static_cast<std::int32_t>(slots.size()));
    for (std::size_t i = 0; i < slots.size(); ++i) {
        block.wh[i] = slots[i].first;
        block.quality[i] = slots[i].second;
    }
    return block;
}

struct Row {
    const char* rule;
    const char* stored;
    std::int64_t stored_revision;
    const char* arriving;
    std::int64_t arriving_revision;
    const char* merged;
    MergeCounts counts;
    bool changed;
    bool lost;
    std::int64_t revision;
};

// Small blocks on one grid, so that slots collide.
DayBlock any_small(bool complete) {
    DayBlock block;
    block.clear(start, 15, 96);
    for (std::size_t i = 0; i < 96; ++i) {
        const int quality = *rc::gen::inRange(complete ? 1 : 0, 3);
        block.quality[i] = static_cast<Quality>(quality);
        block.wh[i] = quality == 0 ? 0 : *rc::gen::inRange<std::int64_t>(0, 3);
    }
    return block;
}

std::uint32_t sum(const MergeCounts& counts) {
    return counts.stored + counts.unchanged + counts.superseded + counts.rejected;
}

}  // namespace

TEST_CASE("the revision rule on one grid, slot by slot") {
    const Row rows[] = {
        {"the same again changes nothing",
         "1a 2e",
         5,
         "1a 2e",
         5,
         "1a 2e",
         {0, 2, 0, 0},
         false,
         false,
         5},
        {"the same of a newer revision changes nothing but the revision",
         "1a 2e",
         5,
         "1a 2e",
         6,
         "1a 2e",
         {0, 2, 0, 0},
         false,
         false,
         6},
        {"the same of an older revision is unchanged, not superseded",
         "1a 2e",
         5,
         "1a 2e",
         4,
         "1a 2e",
         {0, 2, 0, 0},
         false,
         false,
         5},
        {"a newer value replaces", "1a 2a", 5, "1a 3a", 6, "1a 3a", {1, 1, 0, 0}, true, false, 6},
        {"of two of the same revision the later to arrive replaces",
         "1a 2a",
         5,
         "1a 3a",
         5,
         "1a 3a",
         {1, 1, 0, 0},
         true,
         false,
         5},
        {"an older value is superseded",
         "1a 2a",
         5,
         "1a 3a",
         4,
         "1a 2a",
         {0, 1, 1, 0},
         false,
         true,
         5},
        {"another quality of the same value is a change",
         "1a 2e",
         5,
         "1a 2a",
         6,
         "1a 2a",
         {1, 1, 0, 0},
         true,
         false,
         6},
        {"an older quality of the same value is superseded",
         "1a 2a",
         5,
         "1a 2e",
         4,
         "1a 2a",
         {0, 1, 1, 0},
         false,
         true,
         5},
        {"a slot that is not stored is taken",
         "1a -",
         5,
         "- 2a",
         6,
         "1a 2a",
         {1, 0, 0, 0},
         true,
         false,
         6},
        {"a slot that is not stored is taken from an older revision too",
         "1a -",
         5,
         "3a 2a",
         4,
         "1a 2a",
         {1, 0, 1, 0},
         true,
         true,
         5},
        {"a slot missing in the arrival erases nothing",
         "1a 2a",
         5,
         "- -",
         6,
         "1a 2a",
         {0, 0, 0, 0},
         false,
         false,
         6},
        {"a stored zero is a value", "0a 0a", 5, "0a 0e", 4, "0a 0a", {0, 1, 1, 0}, false, true, 5},
    };
    for (const Row& row : rows) {
        INFO(row.rule);
        const DayBlock stored = parse(row.stored);
        DayBlock merged;
        const MergeOutcome outcome =
            merge(stored, row.stored_revision, parse(row.arriving), row.arriving_revision, merged);
        CHECK(merged == parse(row.merged));
        CHECK(outcome.counts.stored == row.counts.stored);
        CHECK(outcome.counts.unchanged == row.counts.unchanged);
        CHECK(outcome.counts.superseded == row.counts.superseded);
        CHECK(outcome.counts.rejected == 0);
        CHECK(outcome.content_changed == row.changed);
        CHECK(outcome.arrival_lost == row.lost);
        CHECK(outcome.revision == row.revision);
        CHECK(outcome.reject_reason.empty());
    }
}

TEST_CASE("blocks on different grids are taken whole, superseded whole or rejected") {
    struct GridRow {
        const char* rule;
        DayBlock arriving;
        std::int64_t arriving_revision;
        char verdict;  // t taken, s superseded, r rejected
    };
    const Instant later = start + std::chrono::minutes(5);
    const GridRow rows[] = {
        {"newer and complete", parse("9a 9a", 30), 6, 't'},
        {"as new and complete", parse("9a 9e", 30), 5, 't'},
        {"older and complete", parse("9a 9a", 30), 4, 's'},
        {"older and incomplete", parse("9a -", 30), 4, 's'},
        {"newer and incomplete", parse("9a -", 30), 6, 'r'},
        {"another start", parse("9a 9a 9a 9a", 15, later), 6, 't'},
        {"another start, incomplete", parse("9a - 9a 9a", 15, later), 6, 'r'},
        {"another number of slots", parse("9a 9a 9a"), 6, 't'},
        {"another number of slots, older", parse("9a 9a 9a"), 4, 's'},
        {"older and empty", parse("- -", 30), 4, 's'},
    };
    const DayBlock stored = parse("1a 2a 3a -");
    for (const GridRow& row : rows) {
        INFO(row.rule);
        DayBlock merged;
        const auto outcome = merge(stored, 5, row.arriving, row.arriving_revision, merged);
        const auto intervals = static_cast<std::uint32_t>(row.arriving.present());
        CHECK(merged == (row.verdict == 't' ? row.arriving : stored));
        CHECK(outcome.counts.stored == (row.verdict == 't' ? intervals : 0));
        CHECK(outcome.counts.superseded == (row.verdict == 's' ? intervals : 0));
        CHECK(outcome.counts.rejected == (row.verdict == 'r' ? intervals : 0));
        CHECK(outcome.content_changed == (row.verdict == 't'));
        CHECK(outcome.arrival_lost == (row.verdict == 's' && intervals > 0));
        CHECK(outcome.revision == (row.verdict == 't' ? row.arriving_revision : 5));
        CHECK(
            outcome.reject_reason ==
            (row.verdict == 'r' ? "interval length or day grid differs from what is stored" : "")
        );
    }
}

TEST_CASE("a block may be merged into the very one that is stored") {
    DayBlock stored = parse("1a 2a - 4a");
    const auto outcome = merge(stored, 5, parse("1a 3a 7a -"), 6, stored);
    CHECK(stored == parse("1a 3a 7a 4a"));
    CHECK(outcome.counts.stored == 2);
    DayBlock other = parse("1a 2a");
    CHECK(merge(other, 5, parse("9a", 30), 6, other).counts.stored == 1);
    CHECK(other == parse("9a", 30));
}

TEST_CASE("every interval that arrives is counted once") {
    CHECK(rc::check("counts", [] {
        const DayBlock stored = any_small(false);
        DayBlock arriving = any_small(*rc::gen::arbitrary<bool>());
        if (*rc::gen::arbitrary<bool>())
            arriving.start += std::chrono::minutes(5);
        const auto revisions = *rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 3));
        DayBlock merged;
        const auto outcome = merge(stored, revisions.first, arriving, revisions.second, merged);
        RC_ASSERT(sum(outcome.counts) == static_cast<std::uint32_t>(arriving.present()));
        RC_ASSERT(outcome.content_changed == !(merged == stored));
        RC_ASSERT(outcome.arrival_lost == (outcome.counts.superseded > 0));
    }));
}

TEST_CASE("what has been merged is unchanged the second time") {
    CHECK(rc::check("twice", [] {
        const DayBlock stored = any_small(false);
        const DayBlock arriving = any_small(false);
        const int revision = *rc::gen::inRange(5, 8);
        DayBlock once;
        const auto first = merge(stored, 5, arriving, revision, once);
        DayBlock twice;
        const auto second = merge(once, first.revision, arriving, revision, twice);
        RC_ASSERT(twice == once);
        RC_ASSERT(second.counts.unchanged == static_cast<std::uint32_t>(arriving.present()));
        RC_ASSERT(second.revision == first.revision);
    }));
}

TEST_CASE("complete blocks of different revisions end the same in any order") {
    CHECK(rc::check("order", [] {
        std::vector<std::pair<std::int64_t, DayBlock>> arrivals;
        for (std::int64_t revision = 1; revision <= 4; ++revision) {
            arrivals.emplace_back(revision, any_small(true));
            if (*rc::gen::arbitrary<bool>())
                arrivals.back().second.start += std::chrono::minutes(5);
        }
        const DayBlock newest = arrivals.back().second;
        for (std::size_t i = arrivals.size(); i > 1; --i)
            std::swap(arrivals[i - 1], arrivals[*rc::gen::inRange<std::size_t>(0, i)]);
        auto [revision, block] = arrivals.front();
        for (std::size_t i = 1; i < arrivals.size(); ++i)
            revision =
                merge(block, revision, arrivals[i].second, arrivals[i].first, block).revision;
        RC_ASSERT(block == newest);
        RC_ASSERT(revision == 4);
    }));
}
