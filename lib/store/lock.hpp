// SPDX-License-Identifier: MIT
// Locks of the whole store, held until the transaction ends. A SQLite write transaction is alone by
// itself; PostgreSQL has advisory locks, one set of them for each schema that holds a store.
#pragma once

#include "store/sql.hpp"

namespace usagectl::store {

// Taken in this order where one command needs several.
enum class Lock : std::int64_t {
    schema = 0x75736731,
    ingest = 0x75736732,
    meters = 0x75736733,
    accounts = 0x75736734,
    codes = 0x75736735,
    legacy = 0x75736736,
    reconcile = 0x75736737,
    cards = 0x75736738
};

inline void lock_until_end(Session& session, Lock lock) {
    if (session.dialect() == Dialect::sqlite)
        return;
    each_row(
        session,
        "select pg_advisory_xact_lock(cast($1 as integer), hashtext(current_schema()))",
        {static_cast<std::int64_t>(lock)},
        [](const Row&) {}
    );
}

}  // namespace usagectl::store
