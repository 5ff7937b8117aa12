// SPDX-License-Identifier: MIT
// The PostgreSQL driver lives in a module of its own (base/module.hpp), so that a local store never
// loads libpq. The module exports the one function named here.
#pragma once

#include <chrono>
#include <string>

#include "store/session.hpp"

namespace usagectl::store {

struct PostgresOptions {
    std::string url;                           // as given, password included; several hosts allowed
    std::string masked;                        // the same for messages
    std::chrono::milliseconds busy{5000};      // for a lock held by another session
    std::chrono::milliseconds silence{60000};  // for a server that says nothing at all
};

inline constexpr const char* postgres_symbol = "usagectl_open_postgres";

// Gives a connected session the caller owns. Throws Failure.
using OpenPostgres = Session*(const PostgresOptions& options);

}  // namespace usagectl::store
