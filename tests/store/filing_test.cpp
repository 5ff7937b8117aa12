// SPDX-License-Identifier: MIT
// How arriving blocks meet stored ones. Whatever the case, intervals read are all accounted for:
// close_source in samples.cpp would fail otherwise.
#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/samples.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using test::day_after;
using test::file;
using test::monday;
using test::Postgres;
using test::SampleBlock;
using test::SampleFile;
using test::Sqlite;

using Wh = std::vector<std::int64_t>;

namespace {

std::int64_t count_rows(const test::Place& place, const std::string& table) {
    const auto session = place.session();
    return *store::find_integer(*session, "select count(*) from " + table, {});
}

}  // namespace

TEMPLATE_TEST_CASE(
    "new blocks are stored and read back, meters made on the way", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto filed = file(*store, {{{"1001"}, {"1002"}, {"1001", day_after(1), {5, -1, 7}}}});
    CHECK(filed.counts.stored == 4 + 4 + 2);
    CHECK(filed.counts.meters == 2);
    CHECK(filed.rejects.empty());
    CHECK(test::read_values(*store, "1002") == Wh{100, 200, 300, 400});
    CHECK(test::read_values(*store, "1001", day_after(1)) == Wh{5, -1, 7});
    const auto meter = store->meters().find("1002");
    REQUIRE(meter);
    CHECK(meter->timezone == "UTC");
    CHECK(meter->known_since == test::some_day);
    CHECK(meter->multiplier == 1);
    CHECK_FALSE(meter->provider_of_record);
}

TEMPLATE_TEST_CASE("a second block for a slot follows the revision rule", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        const char* name;
        std::int64_t revision;  // the stored one has 1000
        Wh arriving;            // the stored one has 100 200 300 400
        Wh current;
        std::uint64_t stored;
        std::uint64_t unchanged;
        std::uint64_t superseded;
        std::int64_t history;
        std::int64_t current_revision;
    };
    const auto row = GENERATE(
        Row{"the same", 1000, {100, 200, 300, 400}, {100, 200, 300, 400}, 0, 4, 0, 0, 1000},
        Row{"the same, newer", 2000, {100, 200, 300, 400}, {100, 200, 300, 400}, 0, 4, 0, 0, 2000},
        Row{"the same, older", 500, {100, 200, 300, 400}, {100, 200, 300, 400}, 0, 4, 0, 0, 1000},
        Row{"newer", 2000, {1, 2, 300, 400}, {1, 2, 300, 400}, 2, 2, 0, 1, 2000},
        Row{"equally new", 1000, {1, 2, 300, 400}, {1, 2, 300, 400}, 2, 2, 0, 1, 1000},
        Row{"older", 500, {1, 2, 300, 400}, {100, 200, 300, 400}, 0, 2, 2, 1, 1000},
        Row{"more of it", 2000, {-1, -1, -1, -1, 5}, {100, 200, 300, 400, 5}, 1, 0, 0, 1, 2000},
        Row{"more, but older", 500, {1, -1, -1, -1, 5}, {100, 200, 300, 400, 5}, 1, 0, 1, 2, 1000},
        Row{"part of it, newer", 2000, {100, 200}, {100, 200, 300, 400}, 0, 2, 0, 0, 2000}
    );
    CAPTURE(row.name);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {100, 200, 300, 400}, 1000}}});
    const auto filed = file(*store, {{{"1001", monday, row.arriving, row.revision}}});
    CHECK(filed.counts.stored == row.stored);
    CHECK(filed.counts.unchanged == row.unchanged);
    CHECK(filed.counts.superseded == row.superseded);
    CHECK(filed.counts.rejected == 0);
    CHECK(test::read_values(*store, "1001") == row.current);
    CHECK(count_rows(place, "block_history") == row.history);
    const auto versions = store->blocks().history("1001", monday);
    REQUIRE_FALSE(versions.empty());
    CHECK(versions.front().revision == row.current_revision);
}

TEMPLATE_TEST_CASE(
    "a block without a revision counts as revised when it arrived", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {1}, 0}}, instant(5000)});
    const auto older = file(*store, {{{"1001", monday, {2}, 4999}}, instant(6000)});
    CHECK(older.counts.superseded == 1);
    const auto newer = file(*store, {{{"1001", monday, {3}, 0}}, instant(7000)});
    CHECK(newer.counts.stored == 1);
    CHECK(store->blocks().history("1001", monday).front().revision == 7000);
}

TEMPLATE_TEST_CASE(
    "blocks of one file for one slot merge in file order into one version", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto filed = file(
        *store,
        {{{"1001", monday, {1, -1, -1}, 9},
          {"1002", monday, {5}, 9},
          {"1001", monday, {-1, 2, -1}, 9},
          {"1001", monday, {7, -1, 3}, 9}}}
    );
    CHECK(filed.counts.stored == 5);
    CHECK(filed.counts.meters == 2);
    CHECK(test::read_values(*store, "1001") == Wh{7, 2, 3});
    CHECK(count_rows(place, "block_history") == 0);
}

TEMPLATE_TEST_CASE("a superseded block of the same file is still kept", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto filed = file(*store, {{{"1001", monday, {1, 2}, 9}, {"1001", monday, {5, 6}, 8}}});
    CHECK(filed.counts.stored == 2);
    CHECK(filed.counts.superseded == 2);
    const auto versions = store->blocks().history("1001", monday);
    REQUIRE(versions.size() == 2);
    CHECK(test::values_of(versions[1].block) == Wh{5, 6});
    CHECK(versions[1].known_to == versions[1].known_from);
}

TEMPLATE_TEST_CASE(
    "an incomplete block on another grid is rejected by line", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {1, 2, 3}, 1000}}});
    // The sample as quarter hours: three of the 96 slots present.
    SampleBlock arriving{"1001", monday, {1, 2, 3}, 2000};
    meter::DayBlock quarters = test::unpacked(arriving);
    quarters.clear(quarters.start, 15, 96);
    for (std::size_t i = 0; i < 3; ++i) {
        quarters.wh[i] = 10;
        quarters.quality[i] = meter::Quality::actual;
    }
    auto batch = test::batch_of({arriving});
    test::repack(batch, 0, quarters, 77);
    const auto filed = test::file_batch(*store, batch);
    CHECK(filed.counts.rejected == 3);
    REQUIRE(filed.rejects.size() == 1);
    CHECK(filed.rejects.front().line == 77);
    CHECK(filed.rejects.front().intervals == 3);
    CHECK(filed.rejects.front().wh == 30);
    CHECK(filed.rejects.front().reason.find("1001") != std::string::npos);
    CHECK(test::read_values(*store, "1001") == Wh{1, 2, 3});
}

TEMPLATE_TEST_CASE("layers and channels do not meet", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {1}}, {"1001", monday, {2}, 0, meter::Channel::generation}}});
    file(*store, {{{"1001", monday, {3}}}, test::some_day, meter::Layer::raw});
    const auto one = [&](meter::Channel channel, meter::Layer layer) {
        const auto blocks = store->blocks().read({"1001", channel, layer}, {monday, monday});
        REQUIRE(blocks.size() == 1);
        CHECK(blocks.front().layer == layer);
        return test::values_of(blocks.front().block);
    };
    CHECK(one(meter::Channel::consumption, meter::Layer::vee) == Wh{1});
    CHECK(one(meter::Channel::generation, meter::Layer::vee) == Wh{2});
    CHECK(one(meter::Channel::consumption, meter::Layer::raw) == Wh{3});
}

TEMPLATE_TEST_CASE("large batches in any order give what small ones give", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    constexpr int meters = 700;
    SampleFile sample;
    for (int i = 0; i < meters; ++i) {
        const int scattered = (i * 337) % meters;
        sample.blocks.push_back({std::to_string(5000 + scattered), day_after(i % 3), {scattered}, 1}
        );
    }
    CHECK(file(*store, sample).counts.meters == meters);
    CHECK(file(*store, sample).counts.unchanged == meters);
    for (auto& block : sample.blocks) {
        block.revision = 2;
        if (block.wh[0] % 2 == 0)
            block.wh[0] += 10000;
    }
    const auto revised = file(*store, sample);
    CHECK(revised.counts.stored == meters / 2);
    CHECK(revised.counts.unchanged == meters / 2);
    CHECK(count_rows(place, "block_history") == meters / 2);
    for (const auto& block : sample.blocks) {
        CHECK(test::read_values(*store, block.meter, block.day) == block.wh);
    }
}

TEMPLATE_TEST_CASE("files are known by content and size, each in its layer", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    CHECK_FALSE(store->blocks().size_known(1000));
    const auto filed = file(*store, {{{"1001"}}, test::some_day, meter::Layer::vee, "abc"});
    CHECK(store->blocks().size_known(1000));
    CHECK_FALSE(store->blocks().size_known(1001));
    CHECK_FALSE(store->blocks().find_file("abd", meter::Layer::vee));
    CHECK_FALSE(store->blocks().find_file("abc", meter::Layer::raw));
    const auto known = store->blocks().find_file("abc", meter::Layer::vee);
    REQUIRE(known);
    CHECK(known->number == filed.source.number);
    CHECK(known->status == "loaded");
    CHECK(known->path == "sample.csv");
    CHECK(known->format == "csv");
    CHECK(known->known_at == test::some_day);
    CHECK(known->counts.stored == 4);
    CHECK(known->counts.meters == 1);
    CHECK_FALSE(known->tally.first);
    CHECK(file(*store, {{{"1002"}}}).source.number == filed.source.number + 1);
}

TEMPLATE_TEST_CASE("a source whose figures do not add up is refused", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    const auto error = test::error_of([&] {
        store->write([&] {
            meter::Source source;
            source.kind = "file";
            source.known_at = test::some_day;
            source.number = store->blocks().open_source(source);
            source.status = "loaded";
            source.tally.intervals = 5;
            source.counts.stored = 4;
            store->blocks().close_source(source);
        });
    });
    CHECK(error.code == "store_failed");
    CHECK_FALSE(store->blocks().find_source(1));
}

TEMPLATE_TEST_CASE("text that is not UTF-8 is kept as sound text", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    meter::SourceNumber number = 0;
    store->write([&] {
        meter::Source source;
        source.kind = "rezone";
        source.path = std::string("caf\xe9 \xc3\xa9 \xed\xa0\x80 a\0b", 15);
        source.known_at = test::some_day;
        number = source.number = store->blocks().open_source(source);
        source.status = "loaded";
        store->blocks().close_source(source);
    });
    const std::string bad = "\xef\xbf\xbd";
    CHECK(
        store->blocks().find_source(number)->path ==
        "caf" + bad + " \xc3\xa9 " + bad + bad + bad + " a" + bad + "b"
    );
}
