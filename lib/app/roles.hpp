// SPDX-License-Identifier: MIT
// How a database user is given a role. What each role may do to each table stands in one table of
// lib/store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/role_store.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"

namespace usagectl::app {

class Store;
struct Actor;

struct GrantRole {
    std::optional<Role> role = {};  // none: everything is taken back
    std::string user;
    bool dry_run = false;
};

struct RoleGranted {
    std::string user;
    std::optional<Role> role;
    std::optional<Role> before;  // as it was recorded
    struct Object {
        std::string name;  // of a table, a view, or the schema
        bool schema = false;
        std::string words;  // "insert, select"; empty: nothing
        bool changed = false;
    };
    std::vector<Object> objects;  // those with rights, before or now
    // What the user may do nevertheless, through PUBLIC or another role: "update on ledger_entry".
    std::vector<std::string> beyond;
    [[nodiscard]] std::size_t changes() const;
};

// Makes the user's rights exactly the role's, in one transaction with the audit row; given again it
// changes nothing. `granted` runs inside it, when the change is kept. Errors, all but the second of
// exit 4: `grant_needs_postgresql`, `database_user_unknown` (3), `database_user_above` (an owner or
// superuser, whom no grant binds), `grant_by_owner_only`.
[[nodiscard]] Result<RoleGranted> grant_role(
    Store& store,
    const GrantRole& request,
    const std::function<void(const RoleGranted&)>& granted,
    const Actor& actor,
    const Clock& clock
);

}  // namespace usagectl::app
