// SPDX-License-Identifier: MIT
// The schema of a store: what was applied to it, and how it becomes current. A store is made in one
// transaction, and each later migration is one, under a lock that lets one process through. `known`
// are the migrations this program carries, all of them; `shown` is the masked URL.
#pragma once

#include <string>
#include <vector>

#include "app/store.hpp"
#include "base/instant.hpp"
#include "store/migration.hpp"
#include "store/session.hpp"

namespace usagectl::store {

struct AppliedMigration {
    int version = 0;
    std::string name;
    std::string sha256;
    Instant at{};
};

struct Schema {
    bool foreign = false;                   // a SQLite file of another program
    std::vector<AppliedMigration> applied;  // ascending; empty: no store yet
    [[nodiscard]] bool exists() const { return !applied.empty(); }
};

[[nodiscard]] Schema read_schema(Session& session);
[[nodiscard]] bool read_sandbox(Session& session);

// Throws Failure (exit 4) store_foreign, store_not_initialised, store_older, store_newer or
// store_migration_changed unless the store is exactly what this program expects.
void require_current(
    const Schema& schema, std::span<const Migration> known, const std::string& shown
);

// Makes the whole schema in an empty place. Gives false, and changes nothing, when there is a
// store.
bool create_schema(
    Session& session,
    std::span<const Migration> known,
    bool sandbox,
    Instant now,
    const std::string& shown
);

// Applies what is missing; gives the names of what it applied.
std::vector<std::string> migrate_schema(
    Session& session, std::span<const Migration> known, Instant now, const std::string& shown
);

// The part of a StoreStatus that the schema knows.
[[nodiscard]] app::StoreStatus
describe(const Schema& schema, Dialect dialect, bool sandbox, const std::string& shown);
[[nodiscard]] int newest_version(std::span<const Migration> known);

}  // namespace usagectl::store
