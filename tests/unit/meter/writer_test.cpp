// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <algorithm>

#include <pugixml.hpp>

#include "meter/day_slice.hpp"
#include "meter/series_builder.hpp"
#include "meter/writer_csv.hpp"
#include "meter/writer_espi.hpp"
#include "meter/writer_lse.hpp"
#include "meter/xml_text.hpp"

namespace usagectl::meter {
namespace {

const Zone& chicago() {
    return zone_named("America/Chicago");
}

using MakeWriter = std::unique_ptr<SeriesWriter> (*)(TextSink);

std::unique_ptr<SeriesWriter> espi(TextSink sink) {
    return make_espi_writer(std::move(sink), parse_instant("2025-12-14T00:00:00Z").value());
}

void write_series(
    SeriesWriter& writer, const SeriesHead& head, std::span<const SeriesInterval> series
) {
    writer.series(head);
    for (const DaySlice& slice : slice_days(series, *head.zone)) {
        writer.day(slice.of(series));
    }
}

std::string written(
    MakeWriter make,
    std::span<const SeriesInterval> series,
    Channel channel = Channel::consumption,
    int minutes = 15
) {
    std::string text;
    const auto writer = make([&](std::string_view piece) { text += piece; });
    writer->begin();
    const SeriesHead head{
        "10443720990000001", channel, minutes, &chicago(), chicago().day_of(series[0].start)};
    write_series(*writer, head, series);
    writer->end();
    return text;
}

std::vector<std::string> lines(std::string_view text) {
    std::vector<std::string> result;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        result.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return result;
}

auto commas(std::string_view text) {
    return std::count(text.begin(), text.end(), ',');
}

// Six hours: actual, estimated, missing, raw, actual, actual.
std::vector<SeriesInterval> short_series() {
    auto series = series_of_days(chicago(), day_named("2025-12-13"), 1, 361, 60);
    series.resize(6);
    series[1].quality = Quality::estimated;
    series[1].wh = 20;
    make_missing(series, 2, 1);
    series[3].layer = Layer::raw;
    series[4].wh = 12'345;
    series[5].wh = 0;
    return series;
}

TEST_CASE("a day in LSE has four headers with their commas and a triple per interval") {
    auto series = short_series();
    CHECK(
        written(make_lse_writer, series) ==
        "00000001,10443720990000001,4,20251213000000,20251213055959,Y,Y\n"
        "00000002,,,1,0,1,0,3600,01,,,,\n"
        "00000003,\n"
        "00000004,,\n"
        "10000000,0.361,A,,0.020,E,,,,,0.361,A,,12.345,A,,0.000,A,\n"
    );
    series[3].layer = Layer::vee;
    const auto rows = lines(written(make_lse_writer, series, Channel::generation));
    CHECK(rows[0] == "00000001,10443720990000001,1,20251213000000,20251213055959,Y,N");
    CHECK(commas(rows[1]) == 12);
    CHECK(commas(rows[2]) == 1);
    CHECK(commas(rows[3]) == 2);
}

TEST_CASE("an LSE record holds as many triples as its day has intervals, 48 to a row") {
    struct Row {
        std::string_view day;
        int triples;
    };
    for (const Row& row : {Row{"2025-12-13", 96}, Row{"2025-03-09", 92}, Row{"2025-11-02", 100}}) {
        const auto series = series_of_days(chicago(), day_named(row.day), 1, 5);
        const auto rows = lines(written(make_lse_writer, series));
        CHECK(rows[0].find("000000,") != std::string::npos);
        CHECK(rows[0].find("235959,Y,N") != std::string::npos);
        long triples = 0;
        for (std::size_t at = 4; at < rows.size(); ++at) {
            CHECK(rows[at].substr(0, 9) == std::to_string(10'000'000 + at - 4) + ",");
            CHECK(commas(rows[at]) % 3 == 0);
            CHECK(commas(rows[at]) <= 3 * 48);
            CHECK(rows[at].size() < 1500);
            triples += commas(rows[at]) / 3;
        }
        CHECK(triples == row.triples);
    }
}

TEST_CASE("a day whose interval length changes becomes several LSE records") {
    auto series = series_of_days(chicago(), day_named("2025-12-13"), 1, 1);
    const auto hours = series_of_days(chicago(), day_named("2025-12-13"), 1, 4, 60);
    series.resize(48);
    series.insert(series.end(), hours.begin() + 12, hours.end());
    const auto rows = lines(written(make_lse_writer, series));
    REQUIRE(rows.size() == 10);
    CHECK(rows[0] == "00000001,10443720990000001,4,20251213000000,20251213115959,Y,N");
    CHECK(rows[1] == "00000002,,,1,0,1,0,900,01,,,,");
    CHECK(rows[5] == "00000001,10443720990000001,4,20251213120000,20251213235959,Y,N");
    CHECK(rows[6] == "00000002,,,1,0,1,0,3600,01,,,,");
}

TEST_CASE("CSV has a row per interval with a value, in UTC") {
    CHECK(
        written(make_csv_writer, short_series()) ==
        "meter,start,wh,quality,channel,minutes\n"
        "10443720990000001,2025-12-13T06:00:00Z,361,actual,4,60\n"
        "10443720990000001,2025-12-13T07:00:00Z,20,estimated,4,60\n"
        "10443720990000001,2025-12-13T09:00:00Z,361,raw,4,60\n"
        "10443720990000001,2025-12-13T10:00:00Z,12345,actual,4,60\n"
        "10443720990000001,2025-12-13T11:00:00Z,0,actual,4,60\n"
    );
}

TEST_CASE("ESPI says what the readings are, and each reading when it was") {
    const std::string text = written(espi, short_series(), Channel::generation, 60);
    pugi::xml_document document;
    REQUIRE(document.load_string(text.c_str()));
    const auto at = [&](const char* path) {
        return std::string(document.select_node(path).node().text().get());
    };
    CHECK(at("//ReadingType/uom") == "72");
    CHECK(at("//ReadingType/flowDirection") == "19");
    CHECK(at("//ReadingType/accumulationBehaviour") == "4");
    CHECK(at("//ReadingType/intervalLength") == "3600");
    CHECK(at("//LocalTimeParameters/tzOffset") == "-21600");
    CHECK(at("//LocalTimeParameters/dstStartRule") == "360E2000");
    CHECK(at("//LocalTimeParameters/dstEndRule") == "B40E2000");
    CHECK(at("//IntervalBlock/interval/start") == "1765605600");
    CHECK(at("//IntervalBlock/interval/duration") == "21600");
    std::string readings;
    for (const auto& found : document.select_nodes("//IntervalReading")) {
        const auto node = found.node();
        readings += std::string(node.child("timePeriod").child("start").text().get()) + " " +
                    node.child("value").text().get() + " " +
                    node.child("ReadingQuality").child("quality").text().get() + "\n";
    }
    CHECK(
        readings ==
        "1765605600 361 \n1765609200 20 8\n1765616400 361 14\n1765620000 12345 \n1765623600 0 \n"
    );
}

TEST_CASE("an ESPI feed names each meter once, and every link and id once") {
    std::string text;
    const auto writer = espi([&](std::string_view piece) { text += piece; });
    const auto series = series_of_days(chicago(), day_named("2025-12-13"), 2, 10);
    writer->begin();
    for (const std::string_view meter : {"A/1", "B"}) {
        for (const Channel channel : {Channel::consumption, Channel::generation}) {
            write_series(
                *writer, {meter, channel, 15, &chicago(), day_named("2025-12-13")}, series
            );
        }
    }
    writer->end();
    pugi::xml_document document;
    REQUIRE(document.load_string(text.c_str()));
    CHECK(document.select_nodes("//UsagePoint").size() == 2);
    CHECK(document.select_nodes("//MeterReading").size() == 4);
    CHECK(document.select_nodes("//IntervalBlock").size() == 8);
    std::vector<std::string> ids;
    for (const auto& found : document.select_nodes("//id")) {
        ids.emplace_back(found.node().text().get());
    }
    CHECK(ids.size() == 1 + 2 + 2 + 4 + 4 + 8);
    std::sort(ids.begin(), ids.end());
    CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    CHECK(text.find("UsagePoint/A%2F1/") != std::string::npos);
}

TEST_CASE("a day without any value is left out of ESPI and CSV and NULL in LSE") {
    auto series = series_of_days(chicago(), day_named("2025-12-13"), 1, 10, 60);
    make_missing(series, 0, 24);
    CHECK(written(espi, series).find("IntervalBlock>") == std::string::npos);
    CHECK(lines(written(make_csv_writer, series)).size() == 1);
    CHECK(lines(written(make_lse_writer, series))[4] == "10000000" + std::string(72, ','));
}

TEST_CASE("a clock rule names the month, the week, the weekday and the hour") {
    struct Row {
        const char* zone;
        EspiClock clock;
        std::string_view day = "2025-07-01";
    };
    const Row rows[] = {
        {"America/Chicago", {-21600, 3600, 0x360E2000, 0xB40E2000}},
        {"America/Los_Angeles", {-28800, 3600, 0x360E2000, 0xB40E2000}},
        {"Europe/Berlin", {3600, 3600, 0x3E0E2000, 0xAE0E3000}},
        {"Australia/Sydney", {36000, 3600, 0xA40E2000, 0x440E3000}},
        {"America/Phoenix", {-25200, 0, 0xFFFFFFFF, 0xFFFFFFFF}},
        // The Friday before the last Sunday: the fourth, not the last, in a March that ends on one.
        {"Asia/Jerusalem", {7200, 3600, 0x3A0A2000, 0xAE0E2000}, "2023-07-01"},
        {"Asia/Kathmandu", {20700, 0, 0xFFFFFFFF, 0xFFFFFFFF}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.zone);
        const EspiClock clock = espi_clock(zone_named(row.zone), day_named(row.day));
        CHECK(clock.tz_offset == row.clock.tz_offset);
        CHECK(clock.dst_offset == row.clock.dst_offset);
        CHECK(clock.dst_start_rule == row.clock.dst_start_rule);
        CHECK(clock.dst_end_rule == row.clock.dst_end_rule);
    }
}

TEST_CASE("text for XML is escaped, and what XML cannot carry becomes a question mark") {
    struct Row {
        std::string_view text, expected;
    };
    const Row rows[] = {
        {"a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&apos;"},
        {"caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80", "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80"},
        {"a\x01\x1b[1m\tb", "a??[1m\tb"},
        {"\xC3", "?"},
        {"\xC0\xAF", "??"},
        {"\xED\xA0\x80", "???"},
        {"\xF4\x90\x80\x80", "????"},
        {"\xFFx", "?x"},
        {"", ""},
    };
    for (const Row& row : rows) {
        CHECK(xml_text(row.text) == row.expected);
    }
}

}  // namespace
}  // namespace usagectl::meter
