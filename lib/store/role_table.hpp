// SPDX-License-Identifier: MIT
// What each database role may do to each table and view of the schema: the one place where it is
// said. A table of the schema that is missing here fails a test.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "app/role_store.hpp"

namespace usagectl::store {

// A set of roles, one bit each.
using Roles = std::uint8_t;

[[nodiscard]] constexpr Roles bit(app::Role role) {
    return static_cast<Roles>(1U << static_cast<unsigned>(role));
}

// Who may do what. Nobody may truncate, and nobody may delete but where `remove` says so. Where
// rows are evidence, `update` and `remove` stay empty, so that the server refuses before the
// table's trigger has to.
struct TableRule {
    std::string_view table;
    Roles select = 0;
    Roles insert = 0;
    Roles update = 0;
    std::string_view changes = {};  // the columns `update` is about, "a, b"
    Roles remove = 0;
    std::string_view given = {};  // the columns `insert` is about; empty: all
};

[[nodiscard]] std::span<const TableRule> table_rules();

// What the rule means for one role; nothing without one.
[[nodiscard]] app::Rights rights_of(const TableRule& rule, std::optional<app::Role> role);

}  // namespace usagectl::store
