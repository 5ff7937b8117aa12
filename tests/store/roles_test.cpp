// SPDX-License-Identifier: MIT
// What the roles may do, held against the schema as the migrations made it.
#include <catch2/catch.hpp>

#include <algorithm>

#include "store/place.hpp"
#include "store/role_table.hpp"
#include "store/sql.hpp"

using namespace usagectl;
using app::Role;
using test::Postgres;
using test::Sqlite;

namespace {

constexpr Role roles[] = {
    Role::reader, Role::ingest, Role::cashier, Role::operating, Role::auditor};

std::set<std::string> texts(store::Session& session, const std::string& sql) {
    std::set<std::string> found;
    store::each_row(session, sql, {}, [&](const store::Row& row) { found.emplace(row.text(0)); });
    return found;
}

std::set<std::string> tables_of(store::Session& session) {
    if (session.dialect() == store::Dialect::sqlite) {
        return texts(
            session,
            "select name from sqlite_master where type in ('table', 'view')"
            " and name not like 'sqlite\\_%' escape '\\'"
        );
    }
    return texts(
        session,
        "select cast(relname as text) from pg_class where relkind in ('r', 'v', 'p')"
        " and relnamespace = (select oid from pg_namespace where nspname = current_schema())"
    );
}

// Tables whose trigger refuses every change and every removal.
std::set<std::string> evidence(store::Session& session) {
    return texts(
        session,
        "select cast(c.relname as text) from pg_trigger t join pg_class c on c.oid = t.tgrelid"
        " where t.tgname = c.relname || '_change'"
        " and c.relnamespace = (select oid from pg_namespace where nspname = current_schema())"
    );
}

const store::TableRule& rule_of(const std::string& table) {
    for (const auto& rule : store::table_rules()) {
        if (rule.table == table)
            return rule;
    }
    FAIL("no role is told what it may do to " << table);
    throw std::logic_error(table);
}

}  // namespace

TEMPLATE_TEST_CASE("every table of the schema is in the roles' list", "", Sqlite, Postgres) {
    REQUIRE_ENGINE(TestType);
    const TestType place;
    place.init();
    std::set<std::string> listed;
    for (const auto& rule : store::table_rules()) {
        CAPTURE(rule.table);
        CHECK(listed.emplace(rule.table).second);
        // Whoever writes reads, except the record of what was done.
        if (rule.table != "audit_record")
            CHECK(((rule.insert | rule.update | rule.remove) & ~rule.select) == 0);
        CHECK((rule.update == 0) == rule.changes.empty());
    }
    CHECK(tables_of(*place.session()) == listed);
}

TEST_CASE("columns in the roles' list are columns of their tables") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    place.init();
    const auto session = place.session();
    for (const auto& rule : store::table_rules()) {
        CAPTURE(rule.table);
        const auto columns = texts(
            *session,
            "select cast(attname as text) from pg_attribute where attnum > 0 and not attisdropped"
            " and attrelid = to_regclass('" +
                std::string(rule.table) + "')"
        );
        for (const auto role : roles) {
            for (const auto& [word, named] : store::rights_of(rule, role).by_column) {
                CAPTURE(word);
                CHECK(std::includes(columns.begin(), columns.end(), named.begin(), named.end()));
            }
        }
    }
}

TEST_CASE("what is only ever added to is inserted into and read, by every role") {
    REQUIRE_ENGINE(Postgres);
    const Postgres place;
    place.init();
    const auto tables = evidence(*place.session());
    CHECK(tables.count("ledger_entry") == 1);
    CHECK(tables.count("audit_record") == 1);
    CHECK(tables.size() >= 11);
    for (const auto& table : tables) {
        CAPTURE(table);
        for (const auto role : roles) {
            const auto rights = store::rights_of(rule_of(table), role);
            CHECK(rights.by_column.count("update") == 0);
            CHECK(rights.whole.count("update") == 0);
            CHECK(rights.whole.count("delete") == 0);
        }
    }
}

TEST_CASE("a reader reads, an auditor leaves a record besides, and nobody truncates") {
    for (const auto& rule : store::table_rules()) {
        CAPTURE(rule.table);
        const auto reader = store::rights_of(rule, Role::reader);
        CHECK(reader.whole == std::set<std::string>{"select"});
        CHECK(reader.by_column.empty());
        auto auditor = store::rights_of(rule, Role::auditor);
        if (rule.table == "audit_record")
            CHECK(auditor.by_column.erase("insert") == 1);
        CHECK(auditor == reader);
        CHECK(store::rights_of(rule, std::nullopt).empty());
        for (const auto role : roles) {
            for (const auto& word : store::rights_of(rule, role).whole)
                CHECK((word == "select" || word == "insert" || word == "delete"));
        }
    }
}

TEST_CASE("an operator may do what a cashier and ingest may") {
    for (const auto& rule : store::table_rules()) {
        CAPTURE(rule.table);
        const auto all = store::rights_of(rule, Role::operating);
        for (const auto role : {Role::cashier, Role::ingest}) {
            const auto part = store::rights_of(rule, role);
            CHECK(std::includes(
                all.whole.begin(), all.whole.end(), part.whole.begin(), part.whole.end()
            ));
            for (const auto& [word, columns] : part.by_column)
                CHECK(all.by_column.at(word) == columns);
        }
    }
}
