// SPDX-License-Identifier: MIT
// What the writers and the synthetic utility write, the readers take back, to the last watt hour.
#include <catch2/catch.hpp>

#include "meter/day_slice.hpp"
#include "meter/reader.hpp"
#include "meter/series_builder.hpp"
#include "meter/synthetic.hpp"
#include "meter/writer_csv.hpp"
#include "meter/writer_espi.hpp"
#include "meter/writer_lse.hpp"
#include "support/collect.hpp"

namespace usagectl::meter {
namespace {

constexpr std::string_view meter_id = "10443720990000001";

std::unique_ptr<SeriesWriter> make_writer(Format format, TextSink sink) {
    switch (format) {
    case Format::lse:
        return make_lse_writer(std::move(sink));
    case Format::espi:
        return make_espi_writer(std::move(sink), instant(1'765'670'400));
    default:
        return make_csv_writer(std::move(sink));
    }
}

std::string
written(Format format, const Zone& zone, Channel channel, std::span<const SeriesInterval> series) {
    std::string text;
    const auto writer = make_writer(format, [&](std::string_view piece) { text += piece; });
    const auto length = series[0].end - series[0].start;
    writer->begin();
    writer->series(
        {meter_id,
         channel,
         static_cast<std::int32_t>(length.count() / 60),
         &zone,
         zone.day_of(series[0].start)}
    );
    for (const DaySlice& slice : slice_days(series, zone)) {
        writer->day(slice.of(series));
    }
    writer->end();
    return text;
}

// Values, estimates and holes that no two intervals of a row share.
std::vector<SeriesInterval>
mixed_series(const Zone& zone, std::string_view day, int days, int minutes) {
    auto series = series_of_days(zone, day_named(day), days, 0, minutes);
    for (std::size_t at = 0; at < series.size(); ++at) {
        series[at].wh = static_cast<std::int64_t>(at * at % 4999);
        series[at].quality = at % 13 == 5 ? Quality::estimated : Quality::actual;
    }
    make_missing(series, 20, 1);
    make_missing(series, 22, 3);
    return series;
}

void check_read_back(
    const test::ReadOutcome& read, Channel channel, const std::vector<SeriesInterval>& series
) {
    REQUIRE_FALSE(read.error);
    REQUIRE(read.rejects.empty());
    std::vector<SeriesInterval> present;
    for (const SeriesInterval& interval : series) {
        if (interval.quality != Quality::missing) {
            present.push_back(interval);
        }
    }
    std::vector<test::Collected> intervals = read.intervals;
    test::sort(intervals);
    REQUIRE(intervals.size() == present.size());
    for (std::size_t at = 0; at < present.size(); ++at) {
        REQUIRE(intervals[at].meter == meter_id);
        REQUIRE(intervals[at].channel == channel);
        REQUIRE(intervals[at].start == present[at].start);
        REQUIRE(
            intervals[at].start + std::chrono::minutes(intervals[at].minutes) == present[at].end
        );
        REQUIRE(intervals[at].wh == present[at].wh);
        REQUIRE(intervals[at].quality == present[at].quality);
    }
}

TEST_CASE("a series written in any format reads back the same") {
    const auto format = GENERATE(Format::lse, Format::espi, Format::csv);
    const auto channel = GENERATE(Channel::consumption, Channel::generation);
    const auto minutes = GENERATE(5, 15, 60);
    for (const std::string_view day : {"2025-06-06", "2025-03-08", "2025-11-01"}) {
        for (const std::string_view name : {"America/Chicago", "Europe/Berlin"}) {
            CAPTURE(to_string(format), minutes, day, name);
            const Zone& zone = zone_named(name);
            const auto series = mixed_series(zone, day, 3, minutes);
            test::ReadOptions options;
            options.zone = name;
            check_read_back(
                test::read_text(format, written(format, zone, channel, series), options),
                channel,
                series
            );
        }
    }
}

TEST_CASE("what is written is recognised for what it is") {
    const Zone& zone = zone_named("America/Chicago");
    const auto series = mixed_series(zone, "2025-06-06", 1, 15);
    for (const Format format : {Format::lse, Format::espi, Format::csv}) {
        const std::string text = written(format, zone, Channel::consumption, series);
        CHECK(detect_format(text).value() == format);
    }
}

TEST_CASE("raw values come back into the raw layer only") {
    const Zone& zone = zone_named("America/Chicago");
    auto series = series_of_days(zone, day_named("2025-06-06"), 1, 250);
    for (SeriesInterval& interval : series) {
        interval.layer = Layer::raw;
    }
    for (const Format format : {Format::lse, Format::csv}) {
        CAPTURE(to_string(format));
        const std::string text = written(format, zone, Channel::consumption, series);
        test::ReadOptions options;
        CHECK(test::read_text(format, text, options).intervals.empty());
        options.layer = Layer::raw;
        check_read_back(test::read_text(format, text, options), Channel::consumption, series);
    }
}

TEST_CASE("synthetic files are read whole, and what is read is the truth") {
    SyntheticOptions options;
    options.meters = 40;
    options.days = 8;
    options.first_day = day_named(GENERATE("2025-03-05", "2025-10-29", "2025-07-01"));
    options.zone = &zone_named("America/Chicago");
    options.estimated_permille = 100;
    options.missing_permille = 20;
    const SyntheticUtility utility(options);
    const auto text_of = [&](auto write) {
        std::string text;
        (utility.*write)([&](std::string_view piece) { text += piece; });
        return text;
    };
    const std::string truth = text_of(&SyntheticUtility::write_truth);
    const auto lse = test::read_text(Format::lse, text_of(&SyntheticUtility::write_lse));
    const auto smt = test::read_text(Format::smt_csv, text_of(&SyntheticUtility::write_smt_csv));
    for (const test::ReadOutcome* read : {&lse, &smt}) {
        REQUIRE_FALSE(read->error);
        CHECK(read->rejects.empty());
        CHECK(
            truth.find(
                "\nread,," + std::to_string(read->tally.intervals) + "," +
                std::to_string(read->tally.total_wh) + "\n"
            ) != std::string::npos
        );
    }
    CHECK(smt.tally.blanks % 4 == 0);

    // Both files say the same about every interval; only one of them tells revisions apart.
    auto first = lse.intervals;
    auto second = smt.intervals;
    REQUIRE(first.size() == second.size());
    std::int64_t difference = 0;
    for (std::size_t at = 0; at < first.size(); ++at) {
        difference += first[at].wh - second[at].wh;
    }
    CHECK(difference == 0);
}

}  // namespace
}  // namespace usagectl::meter
