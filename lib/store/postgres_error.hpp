// SPDX-License-Identifier: MIT
// SQLSTATE (PostgreSQL 15, appendix A), translated once into Failure.
#pragma once

#include <string>
#include <string_view>

namespace usagectl::store {

// `store` is the masked URL, `detail` the server's sentence. An empty state: libpq itself failed.
[[noreturn]] void
throw_postgres_failure(std::string_view state, std::string_view detail, const std::string& store);

// A connection that does not exist or exists no more; retryable.
[[noreturn]] void throw_unreachable(std::string_view detail, const std::string& store);

// True when the server has closed or is closing the connection.
[[nodiscard]] bool ends_connection(std::string_view state);

}  // namespace usagectl::store
