// SPDX-License-Identifier: MIT
// What the database itself refuses of emergencies, whoever asks.
#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using test::error_of;
using test::Postgres;
using test::Sqlite;

namespace {

void fill(const test::Place& place) {
    const auto store = place.open();
    store->write([&] {
        app::EnteredEmergency entry{
            {"TX", "Harris", local_day(20'000), rules::Weather::heat},
            0,
            "hot",
            test::some_day,
            "ann",
            {}};
        REQUIRE(store->rules().enter(entry));
        entry.emergency.day = local_day(20'001);
        REQUIRE(store->rules().enter(entry));
        entry.entry = 1;
        REQUIRE(store->rules().withdraw(entry, {test::some_day, "bob", "not hot"}));
        CHECK_FALSE(store->rules().withdraw(entry, {test::some_day, "bob", "again"}));
    });
}

std::string rows(store::Session& session) {
    std::string text;
    store::each_row(
        session,
        "select state, county_key, day, entry, county, weather, reason, entered_at, entered_by,"
        " withdrawn_at, withdrawn_by, withdrawal from weather_emergency order by day, entry",
        {},
        [&](const store::Row& row) {
            for (int column = 0; column < 12; ++column) {
                const bool number = column == 2 || column == 3 || column == 7 || column == 9;
                text += row.is_null(column) ? "null"
                        : number            ? std::to_string(row.integer(column))
                                            : std::string(row.text(column));
                text += column == 11 ? '\n' : '|';
            }
        }
    );
    return text;
}

}  // namespace

TEMPLATE_TEST_CASE("an entry can be withdrawn once and changed in no way", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    fill(place);
    const auto session = place.session();
    const auto before = rows(*session);
    CHECK(
        before == "TX|harris|20000|1|Harris|heat|hot|1790000000|ann|null|null|null\n"
                  "TX|harris|20001|1|Harris|heat|hot|1790000000|ann|1790000000|bob|not hot\n"
    );
    for (const auto* spoil :
         {"update weather_emergency set reason = 'cold' where day = 20000",
          "update weather_emergency set weather = 'cold', withdrawn_at = 1, withdrawn_by = 'x',"
          " withdrawal = 'x' where day = 20000",
          "update weather_emergency set withdrawn_at = 1 where day = 20000",
          "update weather_emergency set withdrawn_at = 9 where day = 20001",
          "update weather_emergency set withdrawn_at = null, withdrawn_by = null,"
          " withdrawal = null where day = 20001",
          "delete from weather_emergency where day = 20000",
          "delete from weather_emergency where day = 20001",
          "insert into weather_emergency (state, county_key, day, entry, county, weather, reason,"
          " entered_at, entered_by) values ('TX', 'harris', 20000, 2, 'H', 'heat', '', 1, 'x')",
          "insert into weather_emergency (state, county_key, day, entry, county, weather, reason,"
          " entered_at, entered_by) values ('TX', 'harris', 20000, 2, 'H', 'wind', '', 1, 'x')"}) {
        CAPTURE(spoil);
        CHECK_FALSE(error_of([&] { session->script(spoil); }).code.empty());
    }
    CHECK(rows(*session) == before);
}

TEST_CASE("replacing an emergency is refused") {
    const Sqlite place;
    fill(place);
    const auto session = place.session();
    const auto before = rows(*session);
    for (const auto* entry : {"1", "2"}) {
        CHECK_FALSE(error_of([&] {
                        session->script(
                            std::string("insert or replace into weather_emergency values ('TX',"
                                        " 'harris', 20000, ") +
                            entry + ", 'H', 'heat', 'x', 1, 'x', null, null, null)"
                        );
                    }).code.empty());
    }
    CHECK(rows(*session) == before);
}

TEST_CASE("emergencies cannot be truncated") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    fill(place);
    const auto session = place.session();
    CHECK_FALSE(error_of([&] { session->script("truncate weather_emergency"); }).code.empty());
}
