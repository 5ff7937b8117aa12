// SPDX-License-Identifier: MIT
#include "store/schema.hpp"

#include <algorithm>

#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/transaction.hpp"

namespace usagectl::store {
namespace {

[[noreturn]] void refuse_store(std::string_view code, std::string message, std::string hint) {
    throw Failure(Error{
        Exit::refused, std::string(code), std::move(message), std::move(hint), false});
}

bool has_migration_table(Session& session) {
    const char* sql =
        session.dialect() == Dialect::sqlite
            ? "select count(*) from sqlite_master where type = 'table' and name = "
              "'schema_migration'"
            : "select case when to_regclass('schema_migration') is null then 0 else 1 end";
    return find_integer(session, sql, {}) == 1;
}

// A schema that is not this user's to use looks as one that is not there.
void require_place(Session& session) {
    if (session.dialect() == Dialect::sqlite ||
        find_integer(session, "select case when current_schema() is null then 0 else 1 end", {}) ==
            1)
        return;
    refuse_store(
        "store_permission",
        "this user may use no schema of the search path, or there is none",
        "have the owner of the store give this user the role its work takes: usagectl db grant"
    );
}

bool holds_something_else(Session& session) {
    if (session.dialect() == Dialect::postgresql)
        return false;
    return find_integer(session, "select count(*) from sqlite_master", {}) != 0;
}

void apply(Session& session, const Migration& migration, Instant now) {
    session.script(migration.sql);
    run(session,
        "insert into schema_migration (version, name, sha256, applied_at) values ($1, $2, $3, $4)",
        {std::int64_t{migration.version}, migration.name, migration.sha256, unix_seconds(now)});
}

void require_ours(const Schema& schema, const std::string& shown) {
    if (!schema.foreign)
        return;
    refuse_store(
        "store_foreign", shown + " is a database of another program", "name another file with --db"
    );
}

// What was applied is what this program carries under the same number, as far as both go.
void require_known(
    const Schema& schema, std::span<const Migration> known, const std::string& shown
) {
    for (const auto& applied : schema.applied) {
        if (applied.version > newest_version(known)) {
            refuse_store(
                "store_newer",
                "the store " + shown + " was made by a newer usagectl (schema " +
                    std::to_string(schema.applied.back().version) + ", this one knows " +
                    std::to_string(known.size()) + ")",
                "upgrade usagectl"
            );
        }
        const auto& migration = known[static_cast<std::size_t>(applied.version - 1)];
        if (applied.name == migration.name && applied.sha256 == migration.sha256)
            continue;
        refuse_store(
            "store_migration_changed",
            "migration " + applied.name + " of the store " + shown +
                " is not the one this usagectl carries",
            "use the usagectl that made the store, or a released one"
        );
    }
}

}  // namespace

int newest_version(std::span<const Migration> known) {
    return static_cast<int>(known.size());
}

Schema read_schema(Session& session) {
    Schema schema;
    if (!has_migration_table(session)) {
        require_place(session);
        schema.foreign = holds_something_else(session);
        return schema;
    }
    each_row(
        session,
        "select version, name, sha256, applied_at from schema_migration order by version",
        {},
        [&](const Row& row) {
            schema.applied.push_back(
                {static_cast<int>(row.integer(0)),
                 std::string(row.text(1)),
                 std::string(row.text(2)),
                 instant(row.integer(3))}
            );
        }
    );
    return schema;
}

bool read_sandbox(Session& session) {
    const auto* sql = "select count(*) from store_info where key = 'sandbox' and value = '1'";
    return find_integer(session, sql, {}) == 1;
}

void require_current(
    const Schema& schema, std::span<const Migration> known, const std::string& shown
) {
    require_ours(schema, shown);
    if (!schema.exists()) {
        refuse_store(
            "store_not_initialised",
            shown + " holds no store yet",
            "make one with `usagectl db init`"
        );
    }
    require_known(schema, known, shown);
    if (static_cast<int>(schema.applied.size()) == newest_version(known))
        return;
    refuse_store(
        "store_older",
        "the store " + shown + " was made by an older usagectl (schema " +
            std::to_string(schema.applied.back().version) + ", this one needs " +
            std::to_string(newest_version(known)) + ")",
        "bring it up to date with `usagectl db migrate`"
    );
}

bool create_schema(
    Session& session,
    std::span<const Migration> known,
    bool sandbox,
    Instant now,
    const std::string& shown
) {
    Transaction transaction(session, Access::write);
    lock_until_end(session, Lock::schema);
    const Schema schema = read_schema(session);
    require_ours(schema, shown);
    if (schema.exists())
        return false;
    for (const auto& migration : known)
        apply(session, migration, now);
    run(session,
        "insert into store_info (key, value) values ('sandbox', $1)",
        {std::string_view(sandbox ? "1" : "0")});
    transaction.commit();
    return true;
}

std::vector<std::string> migrate_schema(
    Session& session, std::span<const Migration> known, Instant now, const std::string& shown
) {
    std::vector<std::string> names;
    for (const auto& migration : known) {
        Transaction transaction(session, Access::write);
        lock_until_end(session, Lock::schema);
        const Schema schema = read_schema(session);
        require_ours(schema, shown);
        require_known(schema, known, shown);
        if (static_cast<int>(schema.applied.size()) >= migration.version)
            continue;
        apply(session, migration, now);
        transaction.commit();
        names.emplace_back(migration.name);
    }
    return names;
}

app::StoreStatus
describe(const Schema& schema, Dialect dialect, bool sandbox, const std::string& shown) {
    const auto known = migrations(dialect);
    app::StoreStatus status;
    status.url = shown;
    status.engine = dialect == Dialect::sqlite ? "sqlite" : "postgresql";
    status.exists = schema.exists();
    status.sandbox = sandbox;
    status.version = schema.exists() ? schema.applied.back().version : 0;
    status.newest = newest_version(known);
    for (const auto& applied : schema.applied) {
        status.migrations.push_back(
            {applied.version, applied.name, true, format_instant(applied.at)}
        );
    }
    for (const auto& migration : known) {
        if (migration.version <= status.version)
            continue;
        status.migrations.push_back({migration.version, std::string(migration.name), false, {}});
    }
    return status;
}

}  // namespace usagectl::store
