// SPDX-License-Identifier: MIT
#include "app/drift.hpp"

#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::day_after;
using test::Postgres;
using test::Sqlite;

TEMPLATE_TEST_CASE(
    "drift is what raw said beyond what was settled, worst first", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto store = place.open();
    test::file(
        *store,
        {{{"1", day_after(0), {100, 200}}, {"1", day_after(1), {10, 10}}, {"2", day_after(1), {5}}},
         instant(1'790'000'000),
         meter::Layer::raw}
    );
    test::file(
        *store,
        {{{"1", day_after(0), {100, 190, 50}},
          {"1", day_after(1), {10, -1, 30}},
          {"2", day_after(1), {65}},
          {"3", day_after(1), {1}}}}
    );
    const auto all = app::find_drift(*store, {}, {});
    REQUIRE(all.size() == 3);
    CHECK(all[0].meter == "2");
    CHECK(all[0].drift.difference_wh() == -60);
    CHECK(all[1].meter == "1");
    CHECK(all[1].day == day_after(0));
    CHECK(all[1].drift == market::Drift{2, 1, 300, 290});
    CHECK(all[2].drift == market::Drift{1, 0, 10, 10});
    CHECK(app::find_drift(*store, day_after(1), {}).size() == 2);
    CHECK(app::find_drift(*store, {}, "1").size() == 2);
    CHECK(app::find_drift(*store, {}, "3").empty());
}
