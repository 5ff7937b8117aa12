// SPDX-License-Identifier: MIT
// The contract of store::Session, the same on both engines.
#include <limits>

#include <catch2/catch.hpp>

#include "store/place.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using namespace usagectl::store;
using test::error_of;
using test::Postgres;
using test::Sqlite;

TEMPLATE_TEST_CASE("values come back as they were bound", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
    constexpr auto highest = std::numeric_limits<std::int64_t>::max();
    const std::string bytes("\0\xff'\\", 4);
    int rows = 0;
    each_row(
        *session,
        "select cast($1 as bigint), $2, $3, cast($4 as text), $5, 'in quotes: $9', $2, 7, $6",
        {lowest,
         std::string_view("caf\xc3\xa9 '$1'"),
         Bytes{bytes},
         Value(),
         std::string_view(),
         Bytes{}},
        [&](const Row& row) {
            ++rows;
            CHECK(row.integer(0) == lowest);
            CHECK(row.text(1) == "caf\xc3\xa9 '$1'");
            CHECK(row.bytes(2) == bytes);
            CHECK(row.is_null(3));
            CHECK(row.text(3).empty());
            CHECK_FALSE(row.is_null(4));
            CHECK(row.text(4).empty());
            CHECK(row.text(5) == "in quotes: $9");
            CHECK(row.text(6) == row.text(1));
            CHECK(row.integer(7) == 7);
            CHECK_FALSE(row.is_null(8));
            CHECK(row.bytes(8).empty());
        }
    );
    CHECK(rows == 1);
    CHECK(find_integer(*session, "select cast($1 as bigint)", {highest}) == highest);
    CHECK_FALSE(find_integer(*session, "select cast($1 as bigint)", {Value()}));
    CHECK_FALSE(find_integer(*session, "select version from schema_migration where version < 0", {})
    );
}

TEMPLATE_TEST_CASE("a statement tells how many rows it changed", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    const auto* insert = "insert into store_info (key, value) values ('a', 'x'), ('b', 'x')";
    CHECK(run(*session, insert, {}) == 2);
    CHECK(run(*session, "update store_info set value = 'y' where key = $1", {"a"}) == 1);
    CHECK(run(*session, "update store_info set value = 'y' where key = $1", {"c"}) == 0);
    CHECK(run(*session, "delete from store_info where value = $1", {"y"}) == 1);
}

TEMPLATE_TEST_CASE("a query may be left early and asked again", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    run(*session, "insert into store_info (key, value) values ('a', '1'), ('b', '2')", {});
    for (int repeat = 0; repeat < 2; ++repeat) {
        int rows = 0;
        session->query("select key from store_info order by key", {}, [&](const Row& row) {
            CHECK(row.text(0) == "a");
            return ++rows < 1;
        });
        CHECK(rows == 1);
    }
}

TEMPLATE_TEST_CASE("a bulk insert takes what is new and names what is not", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    const std::string binary = session->dialect() == Dialect::sqlite ? "blob" : "bytea";
    session->script(
        "create table bulk (slot bigint, name text, data " + binary +
        " not null, primary key (slot, name))"
    );
    const auto insert = [&](std::int64_t first, std::size_t count) {
        BulkInsert rows;
        rows.table = "bulk";
        rows.columns = {"slot", "name", "data"};
        rows.keys = 2;
        rows.rows = count;
        rows.fill = [&](std::size_t index, std::span<Value> row) {
            row[0] = first + static_cast<std::int64_t>(index);
            row[1] = std::string_view(index == 0 ? "" : "name");
            row[2] = Bytes{index % 2 == 0 ? "" : "ab"};
        };
        return session->insert_new(rows);
    };
    using Indexes = std::vector<std::size_t>;
    session->begin(Access::write);
    CHECK(insert(10, 5).empty());
    CHECK(insert(8, 5) == Indexes{3, 4});  // 10 is there under another name
    CHECK(insert(10, 5) == Indexes{0, 1, 2, 3, 4});
    CHECK(insert(20, 0).empty());
    CHECK(insert(20, 5).empty());
    CHECK(insert(30, 5).empty());
    session->commit();
    CHECK(find_integer(*session, "select count(*) from bulk", {}) == 18);
    const auto* bytes = "select cast(sum(length(data)) as bigint) from bulk";
    CHECK(find_integer(*session, bytes, {}) == 14);
}

TEMPLATE_TEST_CASE("a transaction that is rolled back was never there", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    session->rollback();
    session->begin(Access::write);
    run(*session, "insert into store_info (key, value) values ('a', 'x')", {});
    CHECK_FALSE(error_of([&] { session->script("nonsense"); }).code.empty());
    session->rollback();
    CHECK(find_integer(*session, "select count(*) from store_info", {}) == 1);
    CHECK_NOTHROW(session->begin(Access::write));
    session->commit();
}
