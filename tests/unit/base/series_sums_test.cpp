// SPDX-License-Identifier: MIT
#include <random>
#include <vector>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "unit/base/series_fixture.hpp"

using namespace usagectl;
using namespace usagectl::meter;

namespace {

const Zone& zone(std::string_view name) {
    return *Zone::find(name).value();
}
LocalDay day(std::string_view text) {
    return parse_day(text).value();
}

// Every interval from the first day to the end of the last one, each of 1 Wh.
std::vector<SeriesInterval>
whole_days(const Zone& in, std::string_view first, std::string_view last, std::int32_t minutes) {
    const Instant to = in.day_start(day(last) + std::chrono::days(1));
    auto series = assemble_series({}, in.day_start(day(first)), to, minutes, LayerChoice::best);
    for (SeriesInterval& interval : series) {
        interval.wh = 1;
        interval.quality = Quality::actual;
        interval.layer = Layer::vee;
    }
    return series;
}

std::vector<std::int64_t> energies(const std::vector<SeriesItem>& items) {
    std::vector<std::int64_t> wh;
    for (const SeriesItem& item : items)
        wh.push_back(item.wh);
    return wh;
}

}  // namespace

TEST_CASE("each local hour is an item, and the hour repeated in autumn is two") {
    const Zone& chicago = zone("America/Chicago");
    const auto autumn =
        sum_by(whole_days(chicago, "2026-11-01", "2026-11-01", 15), Step::hour, chicago);
    CHECK(energies(autumn) == std::vector<std::int64_t>(25, 4));
    CHECK(chicago.local(autumn[1].start) == chicago.local(autumn[2].start));

    const auto spring =
        sum_by(whole_days(chicago, "2022-03-13", "2022-03-13", 15), Step::hour, chicago);
    CHECK(energies(spring) == std::vector<std::int64_t>(23, 4));
}

TEST_CASE("local hours begin on the half hour of UTC where the zone says so") {
    const Zone& kolkata = zone("Asia/Kolkata");
    const auto items =
        sum_by(whole_days(kolkata, "2026-06-01", "2026-06-01", 15), Step::hour, kolkata);
    CHECK(energies(items) == std::vector<std::int64_t>(24, 4));
    CHECK(items[0].start == utc("2026-05-31T18:30:00Z"));
    CHECK(items[0].end == utc("2026-05-31T19:30:00Z"));
}

TEST_CASE("where daylight saving is half an hour the odd half hour is an item of its own") {
    const Zone& lord_howe = zone("Australia/Lord_Howe");
    const auto autumn = energies(
        sum_by(whole_days(lord_howe, "2026-04-05", "2026-04-05", 30), Step::hour, lord_howe)
    );
    CHECK(autumn.size() == 25);
    CHECK(autumn[1] == 2);
    CHECK(autumn[2] == 1);
    const auto spring = energies(
        sum_by(whole_days(lord_howe, "2026-10-04", "2026-10-04", 30), Step::hour, lord_howe)
    );
    CHECK(spring.size() == 24);
    CHECK(spring[2] == 1);
}

TEST_CASE("days and months are those of the zone") {
    const Zone& chicago = zone("America/Chicago");
    const auto intervals = whole_days(chicago, "2022-03-12", "2022-03-14", 15);
    const auto days = sum_by(intervals, Step::day, chicago);
    CHECK(energies(days) == std::vector<std::int64_t>{96, 92, 96});
    CHECK(days[1].start == chicago.day_start(day("2022-03-13")));
    CHECK(days[1].end == chicago.day_start(day("2022-03-14")));

    const auto year = whole_days(chicago, "2026-01-01", "2026-12-31", 60);
    CHECK(
        energies(sum_by(year, Step::month, chicago)) ==
        std::vector<std::int64_t>{744, 672, 743, 720, 744, 720, 744, 744, 720, 744, 721, 744}
    );
}

TEST_CASE("a day that was skipped is no item") {
    const Zone& apia = zone("Pacific/Apia");
    const auto days = sum_by(whole_days(apia, "2011-12-29", "2011-12-31", 60), Step::day, apia);
    CHECK(energies(days) == std::vector<std::int64_t>{24, 24});
    CHECK(format_day(apia.day_of(days[1].start)) == "2011-12-31");
}

TEST_CASE("a sum says how sure it is and from which layer") {
    struct Row {
        std::string_view vee;
        std::string_view raw;
        std::int64_t wh;
        Quality quality;
        std::optional<Layer> layer;
        std::uint32_t missing;
    };
    const Row rows[] = {
        {"AAAA", "....", 4, Quality::actual, Layer::vee, 0},
        {"AAEA", "....", 4, Quality::estimated, Layer::vee, 0},
        {"....", "AAAA", 4, Quality::actual, Layer::raw, 0},
        {"AA..", "..AA", 4, Quality::actual, std::nullopt, 0},
        {"..AA", "AA..", 4, Quality::actual, std::nullopt, 0},
        {"A...", "..E.", 2, Quality::estimated, std::nullopt, 2},
        {".A..", "....", 1, Quality::actual, Layer::vee, 3},
        {"...E", "....", 1, Quality::estimated, Layer::vee, 3},
        {"....", "....", 0, Quality::missing, std::nullopt, 4},
    };
    const Instant start = utc("2026-06-01T05:00:00Z");
    for (const Row& row : rows) {
        INFO(row.vee << " " << row.raw);
        std::vector<StoredBlock> blocks{
            stored(Layer::vee, start, 15, row.vee), stored(Layer::raw, start, 15, row.raw)};
        for (StoredBlock& block : blocks) {
            for (std::int64_t& wh : block.block.wh)
                wh = 1;
        }
        const auto end = start + std::chrono::hours(1);
        const auto series = assemble_series(blocks, start, end, 15, LayerChoice::best);
        const auto items = sum_by(series, Step::hour, zone("America/Chicago"));
        REQUIRE(items.size() == 1);
        CHECK(items[0] == SeriesItem{start, end, row.wh, row.quality, row.layer, row.missing});
    }
}

TEST_CASE("nothing is summed from nothing") {
    CHECK(sum_by({}, Step::day, zone("America/Chicago")).empty());
}

TEST_CASE("every step gives the same total, the same time and the same missing intervals") {
    const std::vector<const Zone*> zones{
        &zone("America/Chicago"),
        &zone("America/St_Johns"),
        &zone("Australia/Lord_Howe"),
        &zone("Asia/Kathmandu"),
        &zone("America/Sao_Paulo"),
        &zone("Pacific/Apia")};
    CHECK(rc::check("any days", [&zones] {
        const Zone& in = **rc::gen::elementOf(zones);
        const auto first = *rc::gen::inRange<std::int32_t>(14'000, 16'000);  // 2008 to 2013
        const auto days = *rc::gen::inRange<std::int32_t>(1, 40);
        const Instant from = in.day_start(local_day(first));
        const Instant to = in.day_start(local_day(first + days));
        auto series = assemble_series({}, from, to, 30, LayerChoice::best);
        std::int64_t total = 0;
        std::uint32_t missing = 0;
        std::minstd_rand random(*rc::gen::arbitrary<unsigned>());
        for (SeriesInterval& interval : series) {
            if (random() % 4 == 0) {
                ++missing;
                continue;
            }
            interval.wh = static_cast<std::int64_t>(random() % 1000);
            interval.quality = Quality::actual;
            total += interval.wh;
        }
        for (const Step step : {Step::interval, Step::hour, Step::day, Step::month}) {
            Instant covered = from;
            std::int64_t sum = 0;
            std::uint32_t holes = 0;
            for (const SeriesItem& item : sum_by(series, step, in)) {
                RC_ASSERT(item.start == covered);
                covered = item.end;
                sum += item.wh;
                holes += item.missing;
            }
            RC_ASSERT(covered == (series.empty() ? from : to));
            RC_ASSERT(sum == total);
            RC_ASSERT(holes == missing);
        }
    }));
}
