// SPDX-License-Identifier: MIT
// Ranges, history, what was known when, and a change of zone.
#include <set>

#include <catch2/catch.hpp>
#include <rapidcheck.h>

#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::day_after;
using test::file;
using test::monday;
using test::Postgres;
using test::Sqlite;

using Wh = std::vector<std::int64_t>;

namespace {

const meter::DayRange always{local_day(0), local_day(60000)};

std::vector<int> days_read(app::Store& store, const meter::DayRange& range) {
    std::vector<int> days;
    for (const auto& stored : store.blocks().read({"1001"}, range)) {
        days.push_back(static_cast<int>((stored.day - monday).count()));
    }
    return days;
}

}  // namespace

TEMPLATE_TEST_CASE(
    "a read gives the days of its range in order, and only those", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    CHECK(days_read(*store, always).empty());
    CHECK_FALSE(store->blocks().extent());
    CHECK_FALSE(store->blocks().first_day({"1001"}));
    test::SampleFile sample;
    for (const int day : {40, 0, 3, 400, 4})
        sample.blocks.push_back({"1001", day_after(day), {day}});
    sample.blocks.push_back({"1002", day_after(-10), {1}});
    sample.blocks.push_back({"1002", day_after(2000), {1}});
    file(*store, sample);

    CHECK(days_read(*store, always) == std::vector{0, 3, 4, 40, 400});
    CHECK(days_read(*store, {day_after(3), day_after(40)}) == std::vector{3, 4, 40});
    CHECK(days_read(*store, {day_after(5), day_after(39)}).empty());
    CHECK(days_read(*store, {day_after(40), day_after(3)}).empty());
    CHECK(store->blocks().read({"1003"}, always).empty());

    const auto last = [&](int before) {
        return store->blocks().last_day({"1001"}, day_after(before));
    };
    CHECK(last(5000) == day_after(400));
    CHECK(last(400) == day_after(400));
    CHECK(last(399) == day_after(40));
    CHECK(last(2) == day_after(0));
    CHECK_FALSE(last(-1));
    CHECK(store->blocks().first_day({"1001"}) == day_after(0));
    CHECK_FALSE(store->blocks().first_day({"1003"}));
    const auto extent = store->blocks().extent();
    REQUIRE(extent);
    CHECK(extent->first == day_after(-10));
    CHECK(extent->last == day_after(2000));
}

TEMPLATE_TEST_CASE("a day is read over all its meters, by number", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    test::SampleFile sample;
    std::vector<std::string> expected;
    for (int i = 0; i < 2100; ++i) {
        expected.push_back("m" + std::to_string(i));
        sample.blocks.push_back({expected.back(), monday, {i}});
    }
    sample.blocks.push_back({"m0", day_after(1), {1}});
    sample.blocks.push_back({"m0", day_after(-1), {1}});
    file(*store, sample);
    std::vector<std::string> visited;
    store->read([&] {
        store->blocks().each_of_day(
            monday,
            [&](std::string_view meter, meter::Channel channel, const meter::StoredBlock& stored) {
                CHECK(channel == meter::Channel::consumption);
                CHECK(stored.day == monday);
                CHECK(test::values_of(stored.block).front() == static_cast<int>(visited.size()));
                visited.emplace_back(meter);
            }
        );
    });
    CHECK(visited == expected);
}

TEMPLATE_TEST_CASE("what was known at an instant stays known for ever", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {1}, 10}}, instant(100)});
    file(*store, {{{"1001", monday, {2}, 20}}, instant(200)});
    file(*store, {{{"1001", monday, {9}, 15}}, instant(250)});  // arrives superseded
    file(*store, {{{"1001", monday, {3}, 30}}, instant(300)});
    file(*store, {{{"1001", monday, {4}, 40}}, instant(300)});  // the same second

    const auto known = [&](int at) { return test::read_known_values(*store, "1001", instant(at)); };
    CHECK(known(99) == Wh{});
    CHECK(known(100) == Wh{1});
    CHECK(known(199) == Wh{1});
    CHECK(known(200) == Wh{2});
    CHECK(known(260) == Wh{2});
    CHECK(known(300) == Wh{4});
    CHECK(known(9999) == Wh{4});

    const auto versions = store->blocks().history("1001", monday);
    std::vector<Wh> values;
    for (const auto& version : versions)
        values.push_back(test::values_of(version.block));
    CHECK(values == std::vector<Wh>{{4}, {3}, {9}, {2}, {1}});
    CHECK_FALSE(versions[0].known_to);
    CHECK(versions[0].known_from == instant(300));
    CHECK(versions[1].known_to == versions[1].known_from);
    CHECK(versions[2].known_from == instant(250));
    CHECK(versions[2].known_to == instant(250));
    CHECK(versions[2].late);
    CHECK_FALSE(versions[1].late);
    CHECK_FALSE(versions[3].late);
    CHECK(versions[3].known_to == instant(300));
    CHECK(versions[4].known_from == instant(100));
    CHECK(versions[4].known_to == instant(200));
    CHECK(versions[4].path == "sample.csv");
    CHECK(versions[4].revision == 10);
}

TEMPLATE_TEST_CASE("retired blocks leave the current set and stay known", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    file(*store, {{{"1001", monday, {1}, 10}, {"1002", monday, {5}, 10}}, instant(100)});
    file(*store, {{{"1001", day_after(300), {2}, 11}}, instant(100), meter::Layer::raw});

    std::set<std::pair<std::int64_t, std::int64_t>> visited;  // first value, revision
    store->write([&] {
        meter::Source source;
        source.kind = "rezone";
        source.known_at = instant(200);
        source.number = store->blocks().open_source(source);
        store->blocks().retire(
            "1001",
            source,
            [&](meter::Channel, const meter::StoredBlock& stored, std::int64_t revision) {
                visited.insert({stored.block.wh[0], revision});
            }
        );
        source.status = "loaded";
        store->blocks().close_source(source);
    });
    CHECK(visited == std::set<std::pair<std::int64_t, std::int64_t>>{{1, 10}, {2, 11}});
    CHECK(test::read_values(*store, "1001").empty());
    CHECK(test::read_values(*store, "1002") == Wh{5});
    CHECK(test::read_known_values(*store, "1001", instant(199)) == Wh{1});
    CHECK(test::read_known_values(*store, "1001", instant(200)).empty());
    // The day lies outside what is current now; what was known is found all the same.
    CHECK(
        store->blocks()
            .read_known(
                {"1001", meter::Channel::consumption, meter::Layer::raw}, always, instant(150)
            )
            .size() == 1
    );
    file(*store, {{{"1001", monday, {7}, 10}}, instant(300)});
    CHECK(test::read_known_values(*store, "1001", instant(300)) == Wh{7});
    CHECK(store->blocks().history("1001", monday).size() == 2);
}

TEST_CASE("what is known after any revisions is what was read at the time") {
    const Sqlite place;
    const auto store = place.open();
    int runs = 0;
    CHECK(rc::check("random revisions of one day", [&] {
        const std::string meter = std::to_string(++runs);
        const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
            rc::gen::pair(rc::gen::inRange(1, 6), rc::gen::inRange(0, 4))
        );
        std::vector<Wh> read_then;
        store->write([&] {
            int second = 0;
            for (const auto& [revision, value] : steps) {
                const test::SampleBlock block{meter, monday, {value, value % 2 - 1}, revision};
                test::file_in_transaction(*store, {{block}, instant(++second)});
                read_then.push_back(test::read_values(*store, meter));
            }
        });
        int second = 0;
        for (const auto& values : read_then) {
            RC_ASSERT(test::read_known_values(*store, meter, instant(++second)) == values);
        }
    }));
}

TEST_CASE("the first and the last day are found wherever they are") {
    const Sqlite place;
    const auto store = place.open();
    file(*store, {{{"early", local_day(20000)}, {"late", local_day(22000)}}});
    int runs = 0;
    CHECK(rc::check("random days of one meter", [&] {
        const std::string meter = std::to_string(++runs);
        const auto held = *rc::gen::container<std::set<int>>(rc::gen::inRange(20000, 22001));
        const int before = *rc::gen::inRange(19990, 22010);
        store->write([&] {
            test::SampleFile sample;
            for (const int day : held)
                sample.blocks.push_back({meter, local_day(day), {1}});
            test::file_in_transaction(*store, sample);
        });
        std::optional<LocalDay> first;
        std::optional<LocalDay> last;
        if (!held.empty())
            first = local_day(*held.begin());
        for (const int day : held) {
            if (day <= before)
                last = local_day(day);
        }
        RC_ASSERT(store->blocks().first_day({meter}) == first);
        RC_ASSERT(store->blocks().last_day({meter}, local_day(before)) == last);
        RC_ASSERT(store->blocks().read({meter}, always).size() == held.size());
    }));
}
