// SPDX-License-Identifier: MIT
// What the database itself refuses, whoever asks: rows that are evidence are never changed.
#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/rows.hpp"
#include "store/samples.hpp"

using namespace usagectl;
using test::error_of;
using test::monday;
using test::Postgres;
using test::Sqlite;

namespace {

void fill(const test::Place& place) {
    const auto store = place.open();
    test::file(*store, {{{"1001", monday, {1}, 1}}});
    test::file(*store, {{{"1001", monday, {2}, 2}}});
    store->write([&] {
        store->audit().append({0, test::some_day, "ann", "root", "ingest", "[]", "done"});
        REQUIRE(store->tariffs().append({"t", 1, monday, "00", "name = 't'", test::some_day}));
    });
}

}  // namespace

TEMPLATE_TEST_CASE("evidence can be added to and nothing else", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    fill(place);
    const auto session = place.session();
    const std::string before = test::all_rows(*session);
    for (const auto* change :
         {"update audit_record set actor = 'bob'",
          "update audit_record set number = 7",
          "delete from audit_record",
          "update block_history set revision = 9",
          "update block_history set data = data",
          "delete from block_history",
          "update source set path = 'x'",
          "update source set status = 'open'",
          "delete from source",
          "update tariff set text = ''",
          "update tariff set effective = 0",
          "delete from tariff"}) {
        CAPTURE(change);
        const auto error = error_of([&] { session->script(change); });
        CHECK(error.code == "store_failed");
        CHECK(error.message.find("append-only") != std::string::npos);
    }
    CHECK(test::all_rows(*session) == before);
}

TEST_CASE("truncating evidence is refused") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    fill(place);
    const auto session = place.session();
    const auto* table = GENERATE("audit_record", "block_history", "source", "store_info", "tariff");
    CHECK_FALSE(error_of([&] { session->script(std::string("truncate ") + table); }).code.empty());
}

TEST_CASE("replacing evidence is refused") {
    const Sqlite place;
    fill(place);
    const auto session = place.session();
    const std::string before = test::all_rows(*session);
    for (const auto* change :
         {"insert or replace into audit_record values (1, 0, 'bob', '', '', '', '')",
          "insert or replace into block_history select slot, version, 9, 9, 9, data"
          " from block_history",
          "insert or replace into tariff values ('t', 1, 9, '11', '', 0)",
          "insert or replace into tariff select 't', 2, effective, '11', '', 0 from tariff",
          "insert or replace into store_info values ('sandbox', '1')"}) {
        CAPTURE(change);
        CHECK(error_of([&] { session->script(change); }).code == "store_failed");
    }
    CHECK(test::all_rows(*session) == before);
    CHECK_FALSE(place.open()->sandbox());
}

TEMPLATE_TEST_CASE("the view for people takes a slot apart", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    test::file(*place.open(), {{{"1001", test::day_after(1), {1}, 77}}, {}, meter::Layer::raw});
    int rows = 0;
    store::each_row(
        *place.session(),
        "select day, meter, channel, layer, revision, source from usage_block",
        {},
        [&](const store::Row& row) {
            ++rows;
            CHECK(row.text(0) == format_day(test::day_after(1)));
            CHECK(row.text(1) == "1001");
            CHECK(row.integer(2) == 4);
            CHECK(row.integer(3) == 1);
            CHECK(row.integer(4) == 77);
            CHECK(row.integer(5) == 1);
        }
    );
    CHECK(rows == 1);
}
