// SPDX-License-Identifier: MIT
// Whoever spends many cards in a transaction has them by number. Whoever changes many of a batch
// takes them in the same order, or two could wait for each other in a circle.
#pragma once

#include "store/sql.hpp"

namespace usagectl::store {

// Holds all cards of a batch against other writers until the transaction ends; on SQLite there is
// no other.
inline void lock_in_order(Session& session, std::int64_t batch) {
    if (session.dialect() != Dialect::postgresql)
        return;
    constexpr std::string_view sql =
        "select count(*) from"
        " (select number from card where batch = $1 order by number for update) held";
    static_cast<void>(find_integer(session, sql, {batch}));
}

}  // namespace usagectl::store
