// SPDX-License-Identifier: MIT
// SQLite's result codes, translated once into Failure.
#pragma once

#include <string>

struct sqlite3;

namespace usagectl::store {

// `code` is an extended result code; `detail` SQLite's own sentence.
[[noreturn]] void
throw_sqlite_failure(int code, const std::string& detail, const std::string& path);
[[noreturn]] void throw_sqlite_failure(sqlite3* database, const std::string& path);

}  // namespace usagectl::store
