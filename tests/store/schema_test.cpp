// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include <catch2/catch.hpp>

#include "store/migration.hpp"
#include "store/open.hpp"
#include "store/place.hpp"
#include "store/schema.hpp"
#include "store/sql.hpp"
#include "store/sqlite.hpp"

using namespace usagectl;
using namespace usagectl::store;
using test::error_of;
using test::Postgres;
using test::Sqlite;

namespace {

// The columns of every table and view.
std::map<std::string, std::set<std::string>> tables(Session& session) {
    const char* sql =
        session.dialect() == Dialect::sqlite
            ? "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c"
              " where m.type in ('table', 'view')"
            : "select cast(table_name as text), cast(column_name as text)"
              " from information_schema.columns where table_schema = current_schema()";
    std::map<std::string, std::set<std::string>> found;
    each_row(session, sql, {}, [&](const Row& row) {
        found[std::string(row.text(0))].insert(std::string(row.text(1)));
    });
    return found;
}

}  // namespace

TEST_CASE("both engines carry the same migrations by number and name") {
    const auto sqlite = migrations(Dialect::sqlite);
    const auto postgresql = migrations(Dialect::postgresql);
    REQUIRE(sqlite.size() == postgresql.size());
    for (std::size_t i = 0; i < sqlite.size(); ++i) {
        CHECK(sqlite[i].version == static_cast<int>(i) + 1);
        CHECK(postgresql[i].version == sqlite[i].version);
        CHECK(postgresql[i].name == sqlite[i].name);
        CHECK(sqlite[i].sha256.size() == 64);
        CHECK(sqlite[i].sha256 != postgresql[i].sha256);
    }
}

TEST_CASE("both engines have the same tables and columns") {
    REQUIRE_ENGINE(Postgres);
    const Sqlite sqlite;
    const Postgres postgres;
    sqlite.init();
    postgres.init();
    CHECK(tables(*sqlite.session()) == tables(*postgres.session()));
}

TEMPLATE_TEST_CASE(
    "a new store records every migration with name, hash and time", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    std::vector<std::string> recorded;
    each_row(
        *session,
        "select name, sha256, applied_at from schema_migration order by version",
        {},
        [&](const Row& row) {
            recorded.push_back(std::string(row.text(0)) + " " + std::string(row.text(1)));
            CHECK(row.integer(2) == unix_seconds(test::some_day));
        }
    );
    std::vector<std::string> carried;
    for (const auto& migration : migrations(session->dialect())) {
        carried.push_back(std::string(migration.name) + " " + std::string(migration.sha256));
    }
    CHECK(recorded == carried);

    const auto status = store_status(place.options());
    CHECK(status.exists);
    CHECK(status.version == newest_schema());
    REQUIRE(status.migrations.size() == carried.size());
    CHECK(status.migrations.front().applied);
    CHECK(status.migrations.front().applied_at == format_instant(test::some_day));
}

TEMPLATE_TEST_CASE(
    "a store that does not match this program is refused by name", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    struct Row {
        const char* change;
        const char* code;
    };
    const auto row = GENERATE(
        Row{"update schema_migration set sha256 = 'other'", "store_migration_changed"},
        Row{"update schema_migration set name = '0001_other'", "store_migration_changed"},
        Row{"insert into schema_migration values (99, '0099_future', 'x', 0)", "store_newer"}
    );
    CAPTURE(row.change);
    const TestType place;
    place.init();
    place.session()->script(row.change);
    const auto error =
        error_of([&] { static_cast<void>(open_store(place.options(), SystemClock())); });
    CHECK(error.code == row.code);
    CHECK(error.exit == Exit::refused);
    CHECK_FALSE(error.hint.empty());
    CHECK(error_of([&] { migrate_store(place.options(), SystemClock()); }).code == row.code);
    CHECK(store_status(place.options()).exists);
    CHECK(open_for_completion(place.url()) == nullptr);
}

TEMPLATE_TEST_CASE("a store is initialised once", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    CHECK_FALSE(store_status(place.options()).exists);
    place.init();
    const auto error = error_of([&] { place.init(); });
    CHECK(error.code == "store_exists");
    CHECK(error.exit == Exit::refused);
    CHECK(migrate_store(place.options(), SystemClock()).empty());
}

TEMPLATE_TEST_CASE(
    "db migrate makes a missing store and names what it applied", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    const auto names = migrate_store(place.options(), FixedClock(test::some_day));
    REQUIRE(names.size() == migrations(place.dialect()).size());
    CHECK(names.front() == migrations(place.dialect()).front().name);
    CHECK_FALSE(place.open()->sandbox());
}

TEMPLATE_TEST_CASE("the sandbox mark is set at birth and cannot be changed", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const bool sandbox = GENERATE(false, true);
    const TestType place;
    place.init(sandbox);
    CHECK(place.open()->sandbox() == sandbox);
    CHECK(store_status(place.options()).sandbox == sandbox);
    const auto session = place.session();
    for (const auto* change :
         {"update store_info set value = '2' where key = 'sandbox'",
          "update store_info set key = 'x' where key = 'sandbox'",
          "delete from store_info where key = 'sandbox'",
          "insert into store_info (key, value) values ('sandbox', '2')"}) {
        CAPTURE(change);
        CHECK_FALSE(error_of([&] { session->script(change); }).code.empty());
    }
    CHECK(place.open()->sandbox() == sandbox);
}

TEST_CASE("a remote store is never made by opening it") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    const auto error =
        error_of([&] { static_cast<void>(open_store(place.options(), SystemClock())); });
    CHECK(error.code == "store_not_initialised");
    CHECK(error.exit == Exit::refused);
    CHECK_FALSE(store_status(place.options()).exists);
    CHECK(open_for_completion(place.url()) == nullptr);
}

TEST_CASE("a local store is made by opening it, unless that is not wanted") {
    const Sqlite place;
    auto options = place.options();
    options.create = false;
    const auto error = error_of([&] { static_cast<void>(open_store(options, SystemClock())); });
    CHECK(error.code == "store_missing");
    CHECK_FALSE(std::filesystem::exists(place.path()));
    CHECK_FALSE(store_status(options).exists);
    CHECK(open_for_completion(place.url()) == nullptr);
    CHECK_FALSE(std::filesystem::exists(place.path()));

    options.create = true;
    CHECK(open_store(options, SystemClock())->status().exists);
    CHECK(open_for_completion(place.url()) != nullptr);
}

TEMPLATE_TEST_CASE(
    "an older store is refused with the cure and brought up to date", "", Sqlite, Postgres
) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    const auto carried = migrations(session->dialect());
    std::vector<Migration> newer(carried.begin(), carried.end());
    const int next = static_cast<int>(newer.size()) + 1;
    newer.push_back({next, "next_table", "hash", "create table next_table (id integer);"});

    const auto error = error_of([&] { require_current(read_schema(*session), newer, "it"); });
    CHECK(error.code == "store_older");
    CHECK(error.exit == Exit::refused);
    CHECK(error.hint.find("usagectl db migrate") != std::string::npos);

    const auto applied = migrate_schema(*session, newer, test::some_day, "it");
    CHECK(applied == std::vector<std::string>{"next_table"});
    CHECK(migrate_schema(*session, newer, test::some_day, "it").empty());
    CHECK_NOTHROW(require_current(read_schema(*session), newer, "it"));
    CHECK(tables(*session).count("next_table") == 1);
}

TEMPLATE_TEST_CASE("a migration that fails leaves the store as it was", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    const auto session = place.session();
    const auto carried = migrations(session->dialect());
    std::vector<Migration> newer(carried.begin(), carried.end());
    const int next = static_cast<int>(newer.size()) + 1;
    newer.push_back({next, "half", "hash", "create table half (id integer); nonsense;"});
    const auto error = error_of([&] { migrate_schema(*session, newer, test::some_day, "it"); });
    CHECK(error.code == "store_failed");
    CHECK(tables(*session).count("half") == 0);
    CHECK_NOTHROW(require_current(read_schema(*session), carried, "it"));
}

TEST_CASE("a SQLite file of another program is refused and left alone") {
    const Sqlite place;
    create_sqlite_file(place.url(), false);
    place.session()->script("create table bookmark (url text)");
    const auto open = [&] { static_cast<void>(open_store(place.options(), SystemClock())); };
    const auto init = [&] { init_store(place.options(), false, SystemClock()); };
    const auto migrate = [&] { migrate_store(place.options(), SystemClock()); };
    CHECK(error_of(open).code == "store_foreign");
    CHECK(error_of(init).code == "store_foreign");
    CHECK(error_of(migrate).code == "store_foreign");
    CHECK(tables(*place.session()).size() == 1);
    std::string mode;
    each_row(*place.session(), "pragma journal_mode", {}, [&](const Row& row) {
        mode = row.text(0);
    });
    CHECK(mode == "delete");
}
