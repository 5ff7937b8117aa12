// SPDX-License-Identifier: MIT
#include "meter/assembler.hpp"

#include <limits>
#include <random>

#include "base/assert.hpp"
#include "meter/open_series.hpp"
#include "unit/meter/gathering.hpp"

using namespace usagectl;
using namespace usagectl::meter;
using namespace usagectl::test;

namespace {

constexpr auto consumption = Channel::consumption;
constexpr auto generation = Channel::generation;

// Puts `count` values 1, 2, 3, … from `start`, all taken.
void fill(Assembler& assembler, Assembler::Series& series, Instant start, int minutes, int count) {
    for (int i = 0; i < count; ++i) {
        const Instant slot = start + std::chrono::minutes(minutes * i);
        REQUIRE(assembler.put(series, slot, i + 1, Quality::actual, 1) == PutStatus::taken);
    }
}

PutStatus put_one(Assembler& assembler, std::string_view start, std::int64_t wh = 1) {
    return assembler.put(
        assembler.open("1", consumption, 15, 0), at(start), wh, Quality::actual, 1
    );
}

}  // namespace

TEST_CASE("a complete day leaves as one block with its own grid") {
    Gathering sink;
    Assembler assembler(options_in("America/Chicago"), sink);
    fill(assembler, assembler.open("1", consumption, 15, 77), at("2026-06-01T05:00:00Z"), 15, 96);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 1);
    const GatheredBlock& gathered = sink.blocks[0];
    CHECK(gathered.meter == "1");
    CHECK(gathered.channel == consumption);
    CHECK(format_day(gathered.day) == "2026-06-01");
    CHECK(gathered.revision == 77);
    CHECK(gathered.zone == zone("America/Chicago"));
    CHECK(gathered.block.start == at("2026-06-01T05:00:00Z"));
    CHECK(gathered.block.count == 96);
    CHECK(gathered.block.wh[95] == 96);
}

TEST_CASE("the days of a clock change have 92 and 100 quarter hours") {
    Gathering sink;
    Assembler assembler(options_in("America/Chicago"), sink);
    Assembler::Series& series = assembler.open("1", consumption, 15, 0);
    fill(assembler, series, at("2026-03-08T06:00:00Z"), 15, 92 + 96);
    fill(assembler, series, at("2026-11-01T05:00:00Z"), 15, 100 + 1);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 4);
    const int slots[] = {92, 96, 100, 96};
    const char* days[] = {"2026-03-08", "2026-03-09", "2026-11-01", "2026-11-02"};
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(sink.blocks[i].block.count == slots[i]);
        CHECK(format_day(sink.blocks[i].day) == days[i]);
    }
}

TEST_CASE("consumption and generation of one meter may alternate row by row") {
    Gathering sink;
    Assembler assembler(options_in("America/Chicago"), sink);
    Instant slot = at("2026-06-01T05:00:00Z");
    for (int i = 0; i < 96 * 3; ++i, slot += std::chrono::minutes(15))
        for (const Channel channel : {consumption, generation}) {
            Assembler::Series& series = assembler.open("10443720000000001", channel, 15, 0);
            const std::int64_t wh = channel == consumption ? 100 + i : i;
            const auto line = static_cast<std::uint64_t>(2 * i + (channel == generation ? 1 : 0));
            REQUIRE(assembler.put(series, slot, wh, Quality::actual, line) == PutStatus::taken);
        }
    assembler.finish();
    REQUIRE(sink.blocks.size() == 6);
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(sink.blocks[i].channel == (i % 2 == 0 ? consumption : generation));
        CHECK(sink.blocks[i].line == i / 2 * 192 + i % 2);
        CHECK(sink.blocks[i].block.present() == 96);
    }
    CHECK(sink.blocks[5].block.wh[95] == 287);
}

TEST_CASE("a slot given twice starts another block of the same day") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    Assembler::Series& series = assembler.open("1", consumption, 60, 0);
    const Instant start = at("2026-06-01T00:00:00Z");
    for (std::uint64_t line = 1; line <= 3; ++line)
        CHECK(assembler.put(series, start, 5, Quality::actual, line) == PutStatus::taken);
    const std::int64_t run[] = {7, 8};
    CHECK(assembler.put_run(series, start, run, 2, Quality::estimated, 9).taken == 2);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(sink.blocks[i].line == (i < 3 ? i + 1 : 9));
    CHECK(sink.blocks[3].block.wh[1] == 8);
    CHECK(assembler.tally().intervals == 5);
    CHECK(assembler.tally().total_wh == 30);
}

TEST_CASE("another revision or interval length sends what is open on its way first") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    const Instant start = at("2026-06-01T00:00:00Z");
    for (const auto& [minutes, revision] : {std::pair{15, 5}, {15, 4}, {30, 4}, {15, 5}}) {
        Assembler::Series& series = assembler.open("1", consumption, minutes, revision);
        CHECK(assembler.put(series, start, 1, Quality::actual, 1) == PutStatus::taken);
    }
    fill(assembler, assembler.open("1", generation, 15, 9), start, 15, 1);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 5);
    const std::int64_t revisions[] = {5, 4, 4, 5, 9};
    const std::int32_t minutes[] = {15, 15, 30, 15, 15};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(sink.blocks[i].revision == revisions[i]);
        CHECK(sink.blocks[i].block.minutes == minutes[i]);
    }
}

TEST_CASE("when the table is full the series unused for longest goes") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    options.open_series = 2;
    options.batch_blocks = 1;
    Assembler assembler(options, sink);
    const Instant start = at("2026-06-01T00:00:00Z");
    const auto put = [&](std::string_view meter, int hour) {
        Assembler::Series& series = assembler.open(meter, consumption, 60, 0);
        const Instant slot = start + std::chrono::hours(hour);
        CHECK(assembler.put(series, slot, hour, Quality::actual, 1) == PutStatus::taken);
    };
    put("a", 0);
    put("b", 0);
    put("a", 1);
    CHECK(sink.blocks.empty());
    put("c", 0);
    REQUIRE(sink.blocks.size() == 1);
    CHECK(sink.blocks[0].meter == "b");
    put("a", 2);
    put("b", 1);
    REQUIRE(sink.blocks.size() == 2);
    CHECK(sink.blocks[1].meter == "c");
    assembler.finish();
    REQUIRE(sink.blocks.size() == 4);
    CHECK(sink.blocks[2].meter == "a");
    CHECK(sink.blocks[2].block.present() == 3);
    CHECK(sink.blocks[3].meter == "b");
}

TEST_CASE("a series whose day is complete makes room before one that is open") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    options.open_series = 2;
    Assembler assembler(options, sink);
    const Instant start = at("2026-06-01T00:00:00Z");
    fill(assembler, assembler.open("open", consumption, 60, 0), start, 60, 1);
    fill(assembler, assembler.open("complete", consumption, 60, 0), start, 60, 24);
    fill(assembler, assembler.open("new", consumption, 60, 0), start, 60, 1);
    const Instant next = start + std::chrono::hours(1);
    fill(assembler, assembler.open("open", consumption, 60, 0), next, 60, 1);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 3);
    CHECK(sink.blocks[1].meter == "open");
    CHECK(sink.blocks[1].block.present() == 2);
}

TEST_CASE("a series that left the table is not found in it") {
    OpenSeries table(2);
    table.erase(table.insert("a", consumption));
    CHECK(table.find("a", consumption) == nullptr);
    const Assembler::Series& inserted = table.insert("b", consumption);
    CHECK(table.find("b", consumption) == &inserted);
    CHECK(table.find("b", generation) == nullptr);
    CHECK(table.find("a", consumption) == nullptr);
    CHECK_FALSE(table.full());
}

TEST_CASE("an assembler with room for one series still takes everything") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    options.open_series = 1;
    Assembler assembler(options, sink);
    for (int hour = 0; hour < 24; ++hour)
        for (const char* meter : {"a", "b", "c"}) {
            Assembler::Series& series = assembler.open(meter, consumption, 60, 0);
            const Instant slot = at("2026-06-01T00:00:00Z") + std::chrono::hours(hour);
            CHECK(assembler.put(series, slot, 1, Quality::actual, 1) == PutStatus::taken);
        }
    assembler.finish();
    CHECK(sink.blocks.size() == 72);
}

TEST_CASE("finish packs what is open in the order it was begun") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    for (const char* meter : {"c", "a", "b"})
        fill(
            assembler, assembler.open(meter, consumption, 15, 0), at("2026-06-01T00:00:00Z"), 15, 2
        );
    fill(assembler, assembler.open("c", consumption, 15, 0), at("2026-06-01T01:00:00Z"), 15, 2);
    CHECK(sink.batches == 0);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 3);
    CHECK(sink.blocks[0].meter == "c");
    CHECK(sink.blocks[1].meter == "a");
    CHECK(sink.blocks[2].meter == "b");
    CHECK(sink.batches == 1);
    assembler.finish();
    CHECK(sink.batches == 1);
}

TEST_CASE("what cannot be taken is told apart, and is not counted") {
    Gathering sink;
    AssemblerOptions options = options_in("America/Chicago");
    options.latest_end = at("2026-06-02T00:00:00Z");
    Assembler assembler(options, sink);
    CHECK(put_one(assembler, "2026-06-01T05:00:00Z", -1) == PutStatus::negative);
    CHECK(put_one(assembler, "2026-06-01T05:00:00Z", max_interval_wh + 1) == PutStatus::too_large);
    CHECK(put_one(assembler, "1970-01-01T23:45:00Z") == PutStatus::too_old);
    CHECK(put_one(assembler, "2026-06-02T00:00:00Z") == PutStatus::future);
    CHECK(put_one(assembler, "2026-06-01T23:46:00Z") == PutStatus::future);
    CHECK(put_one(assembler, "2026-06-01T05:01:00Z") == PutStatus::misaligned);
    CHECK(assembler.tally().intervals == 0);
    CHECK_FALSE(assembler.tally().first);

    CHECK(put_one(assembler, "2026-06-01T23:45:00Z", max_interval_wh) == PutStatus::taken);
    CHECK(put_one(assembler, "1970-01-02T00:00:00Z") == PutStatus::taken);
    assembler.finish();
    CHECK(sink.blocks.size() == 2);
    CHECK(assembler.tally().intervals == 2);
}

TEST_CASE("every refusal has its sentence") {
    std::vector<std::string_view> seen;
    for (const PutStatus status :
         {PutStatus::negative,
          PutStatus::too_large,
          PutStatus::future,
          PutStatus::too_old,
          PutStatus::misaligned}) {
        CHECK_FALSE(reason(status).empty());
        CHECK(std::count(seen.begin(), seen.end(), reason(status)) == 0);
        seen.push_back(reason(status));
    }
    CHECK(reason(PutStatus::future) == "interval ends in the future");
}

TEST_CASE("the first interval of a day sets its grid, on whole multiples of five minutes") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    CHECK(put_one(assembler, "2026-06-01T00:05:00Z") == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-01T00:15:00Z") == PutStatus::misaligned);
    CHECK(put_one(assembler, "2026-06-01T00:00:00Z") == PutStatus::misaligned);
    CHECK(put_one(assembler, "2026-06-01T00:20:00Z") == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-01T23:50:00Z") == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-02T00:00:00Z") == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-03T00:07:00Z") == PutStatus::misaligned);
    CHECK(put_one(assembler, "2026-06-02T00:15:00Z") == PutStatus::taken);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 2);
    CHECK(sink.blocks[0].block.start == at("2026-06-01T00:05:00Z"));
    CHECK(sink.blocks[0].block.count == 96);
    CHECK(sink.blocks[1].block.present() == 2);
}

TEST_CASE("hours of UTC in a half-hour zone keep their own grid") {
    Gathering sink;
    Assembler assembler(options_in("Asia/Kolkata"), sink);
    fill(assembler, assembler.open("1", consumption, 60, 0), at("2026-06-01T19:00:00Z"), 60, 24);
    assembler.finish();
    REQUIRE(sink.blocks.size() == 1);
    CHECK(format_day(sink.blocks[0].day) == "2026-06-02");
    CHECK(sink.blocks[0].block.start == at("2026-06-01T19:00:00Z"));
}

TEST_CASE("a day that begins within a minute has no grid that can be stored") {
    Gathering sink;
    Assembler assembler(options_in("Africa/Monrovia"), sink);
    const Instant day = zone("Africa/Monrovia")->day_start(parse_day("1970-06-01").value());
    REQUIRE(unix_seconds(day) % 60 != 0);
    Assembler::Series& series = assembler.open("1", consumption, 15, 0);
    CHECK(assembler.put(series, day, 1, Quality::actual, 1) == PutStatus::misaligned);
    CHECK(put_one(assembler, "1970-06-01T12:00:00Z") == PutStatus::misaligned);
}

TEST_CASE("a meter's own zone wins, and is asked for once per opened series") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    int asked = 0;
    options.zone_of = [&asked](std::string_view meter) {
        ++asked;
        return meter == "1" ? zone("Asia/Tokyo") : nullptr;
    };
    Assembler assembler(options, sink);
    for (int i = 0; i < 3; ++i)
        for (const char* meter : {"1", "2"})
            fill(
                assembler,
                assembler.open(meter, consumption, 15, i),
                at("2026-06-01T15:00:00Z"),
                15,
                1
            );
    assembler.finish();
    CHECK(asked == 2);
    REQUIRE(sink.blocks.size() == 6);
    for (const GatheredBlock& gathered : sink.blocks) {
        const bool tokyo = gathered.meter == "1";
        CHECK(gathered.zone == zone(tokyo ? "Asia/Tokyo" : "UTC"));
        CHECK(format_day(gathered.day) == (tokyo ? "2026-06-02" : "2026-06-01"));
    }
}

TEST_CASE("a run stops at the first interval that is not taken") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    Assembler::Series& series = assembler.open("1", consumption, 60, 0);
    const std::int64_t wh[] = {1, 2, -3, 4};
    const auto result =
        assembler.put_run(series, at("2026-06-01T00:00:00Z"), wh, 4, Quality::actual, 1);
    CHECK(result.taken == 2);
    CHECK(result.status == PutStatus::negative);
    CHECK(assembler.tally().total_wh == 3);
    const auto misplaced =
        assembler.put_run(series, at("2026-06-01T05:07:00Z"), wh, 1, Quality::actual, 1);
    CHECK(misplaced.taken == 0);
    CHECK(misplaced.status == PutStatus::misaligned);
    CHECK(
        assembler.put_run(series, at("2026-06-01T05:00:00Z"), wh, 0, Quality::actual, 1).taken == 0
    );
}

TEST_CASE("a run that goes past its day, or over what is there, is filed interval by interval") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    Assembler::Series& series = assembler.open("1", consumption, 60, 0);
    CHECK(
        assembler.put(series, at("2026-06-01T23:00:00Z"), 9, Quality::actual, 1) == PutStatus::taken
    );
    const std::int64_t wh[] = {1, 2, 3, 4};
    CHECK(
        assembler.put_run(series, at("2026-06-01T22:00:00Z"), wh, 4, Quality::actual, 2).taken == 4
    );
    assembler.finish();
    REQUIRE(sink.blocks.size() == 3);
    CHECK(sink.blocks[0].block.present() == 2);
    CHECK(sink.blocks[1].block.wh[23] == 2);
    CHECK(format_day(sink.blocks[2].day) == "2026-06-02");
    CHECK(sink.blocks[2].block.wh[1] == 4);
}

TEST_CASE("rejects are counted, kept in order and handed over") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    options.batch_blocks = 10;
    Assembler assembler(options, sink);
    for (std::uint64_t line = 1; line <= 25; ++line)
        assembler.reject(Reject{.line = line, .intervals = 96, .reason = "x", .record = "y"});
    CHECK(sink.rejects.size() == 20);
    assembler.finish();
    REQUIRE(sink.rejects.size() == 25);
    for (std::size_t i = 0; i < 25; ++i)
        CHECK(sink.rejects[i].line == i + 1);
    CHECK(assembler.tally().rejected == 25 * 96);
    CHECK(assembler.tally().intervals == 25 * 96);
}

TEST_CASE("a file of nothing but long rejects does not pile up") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    for (int i = 0; i < 600; ++i)
        assembler.reject(Reject{.line = 1, .reason = "x", .record = std::string(4096, 'x')});
    CHECK(sink.batches == 2);
}

TEST_CASE("batches are handed over when they are full, by number or by size") {
    Gathering by_number;
    AssemblerOptions options = options_in("UTC");
    options.batch_blocks = 3;
    {
        Assembler assembler(options, by_number);
        fill(
            assembler, assembler.open("1", consumption, 60, 0), at("2026-06-01T00:00:00Z"), 60, 168
        );
        CHECK(by_number.blocks.size() == 6);
        assembler.finish();
    }
    CHECK(by_number.blocks.size() == 7);
    CHECK(by_number.largest_batch == 3);

    Gathering by_size;
    options.batch_blocks = 1'000'000;
    Assembler assembler(options, by_size);
    Assembler::Series& series = assembler.open("1", consumption, 5, 0);
    Instant slot = at("2026-01-01T00:00:00Z");
    std::mt19937_64 random(1);
    bool all_taken = true;
    for (int i = 0; i < 900 * 288; ++i, slot += std::chrono::minutes(5)) {
        const auto wh = static_cast<std::int64_t>(random() >> 25);
        all_taken &= assembler.put(series, slot, wh, Quality::actual, 1) == PutStatus::taken;
    }
    CHECK(all_taken);
    CHECK(by_size.batches == 1);
}

TEST_CASE("the tally knows sums, the earliest start and the latest end") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    CHECK(put_one(assembler, "2026-06-02T00:00:00Z", 5) == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-01T00:00:00Z", 6) == PutStatus::taken);
    CHECK(put_one(assembler, "2026-06-01T12:00:00Z", 7) == PutStatus::taken);
    assembler.count_records(3);
    assembler.count_blanks(2);
    assembler.count_rounded(1);
    const ReadTally& tally = assembler.tally();
    CHECK(tally.intervals == 3);
    CHECK(tally.total_wh == 18);
    CHECK(tally.first == at("2026-06-01T00:00:00Z"));
    CHECK(tally.last == at("2026-06-02T00:15:00Z"));
    CHECK(tally.records == 3);
    CHECK(tally.blanks == 2);
    CHECK(tally.rounded == 1);
}

TEST_CASE("the control total never overflows: what it cannot hold is refused") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    const std::vector<std::int64_t> day(288, max_interval_wh);
    Assembler::Series& series = assembler.open("1", consumption, 5, 0);
    const Instant start = at("2026-06-01T00:00:00Z");
    Assembler::RunResult result;
    while (result.status == PutStatus::taken)
        result = assembler.put_run(series, start, day.data(), day.size(), Quality::actual, 1);
    CHECK(result.status == PutStatus::too_large);
    const std::int64_t total = assembler.tally().total_wh;
    CHECK(total > std::numeric_limits<std::int64_t>::max() - max_interval_wh);
    CHECK(assembler.tally().intervals == static_cast<std::uint64_t>(total / max_interval_wh));
}

TEST_CASE("an assembler goes on counting where another has ended, and holds the same total") {
    Gathering sink;
    AssemblerOptions options = options_in("UTC");
    options.counted.intervals = 7;
    options.counted.total_wh = std::numeric_limits<std::int64_t>::max() - 5;
    Assembler assembler(options, sink);
    CHECK(put_one(assembler, "2026-06-01T00:00:00Z", 6) == PutStatus::too_large);
    CHECK(put_one(assembler, "2026-06-01T00:00:00Z", 5) == PutStatus::taken);
    CHECK(assembler.tally().intervals == 8);
}

TEST_CASE("what a reject cannot hold is left out, and it says so") {
    Gathering sink;
    Assembler assembler(options_in("UTC"), sink);
    const auto reject = [&](std::size_t record, std::size_t context) {
        Reject line;
        line.record.assign(record, 'r');
        line.context.assign(context, 'c');
        assembler.reject(std::move(line));
    };
    reject(max_record, max_record);
    reject(max_record + 1, 3);
    reject(3, max_record + 1);
    assembler.finish();
    REQUIRE(sink.rejects.size() == 3);
    CHECK_FALSE(sink.rejects[0].cut);
    CHECK(sink.rejects[0].context.size() == max_record);
    CHECK(sink.rejects[1].cut);
    CHECK(sink.rejects[1].record.size() == max_record);
    CHECK(sink.rejects[1].context.empty());
    CHECK(sink.rejects[2].cut);
    CHECK(sink.rejects[2].context.empty());
}

TEST_CASE("a sink that fails leaves an assembler that can be destroyed") {
    struct Failing final : BatchSink {
        void take(BlockBatch&&) override { throw Failure("disk_full", "disk is full"); }
    } sink;
    Assembler assembler(options_in("UTC"), sink);
    fill(assembler, assembler.open("1", consumption, 15, 0), at("2026-06-01T00:00:00Z"), 15, 3);
    CHECK_THROWS_AS(assembler.finish(), Failure);
}
