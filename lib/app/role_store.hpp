// SPDX-License-Identifier: MIT
// What database users may do to a store, as the server keeps it, by roles with no more rights than
// their work takes. Only an engine with users of its own has any of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/words.hpp"

namespace usagectl::app {

enum class Role : std::uint8_t {
    reader,     // looks at everything, leaves nothing
    ingest,     // readings: files, meters, requests to the market; sees no customer's money
    cashier,    // accounts, payments, orders, balances
    operating,  // "operator": both of them, and prices, rules, nights, bills
    auditor,    // a reader who leaves a record of what he looked at
};
inline constexpr Words<Role::auditor> role_words{
    "reader", "ingest", "cashier", "operator", "auditor"};

// What somebody may do to one table or view, or to the schema itself, by words of SQL in small
// letters: "select", "usage"; "select with grant option" is another word. Equal when they give the
// same.
struct Rights {
    bool schema = false;
    std::string name;
    std::set<std::string> whole;                             // for all columns
    std::map<std::string, std::set<std::string>> by_column;  // "update": the columns

    bool operator==(const Rights&) const = default;
    [[nodiscard]] bool empty() const { return whole.empty() && by_column.empty(); }
    // As GRANT has them, in byte order: "insert, select, update (state)".
    [[nodiscard]] std::string words() const;
};

struct DatabaseUser {
    bool exists = false;
    // Owns the store, may act for its owner, or is a superuser: no grant binds it.
    bool above = false;
};

class RoleStore {
public:
    RoleStore() = default;
    RoleStore(const RoleStore&) = delete;
    RoleStore& operator=(const RoleStore&) = delete;
    virtual ~RoleStore() = default;

    // False on SQLite: whoever may open the file may do everything to it that its triggers let him.
    [[nodiscard]] virtual bool has_users() const = 0;

    // The rest is for engines with users, inside a transaction. Names are exact, letter case
    // included.
    virtual void lock() = 0;  // one change of grants or schema at a time
    [[nodiscard]] virtual DatabaseUser user(const std::string& name) = 0;
    [[nodiscard]] virtual bool may_grant() = 0;  // whether this session acts for the owner

    // The schema first, then its tables and views by name, all of them: what `role` is meant to
    // have (nothing at all without one), and what was given to the user himself.
    [[nodiscard]] virtual std::vector<Rights> wanted(std::optional<Role> role) = 0;
    [[nodiscard]] virtual std::vector<Rights> held(const std::string& user) = 0;
    // What the user may do to whole tables beyond `wanted`, however he came by it: through PUBLIC
    // or another role. In the form "update on ledger_entry".
    [[nodiscard]] virtual std::vector<std::string>
    beyond(const std::string& user, const std::vector<Rights>& wanted) = 0;
    // Takes back all that was given to the user on the object, and gives these.
    virtual void replace(const std::string& user, const Rights& rights) = 0;

    // The role a user was last given; kept with the store, so that what a migration adds can be
    // found missing.
    [[nodiscard]] virtual std::optional<Role> role_of(const std::string& user) = 0;
    virtual void remember(const std::string& user, std::optional<Role> role) = 0;
};

// A user who was given a role, and whether he has it still. Not in need of a whole store: db status
// asks about ones that are older, too.
struct RoleHeld {
    std::string user;
    Role role = Role::reader;
    // "current"; "behind": lacks some of it, as after a migration; "wider": has more than it;
    // "gone": the server knows no such user.
    std::string state;
};

}  // namespace usagectl::app
