// SPDX-License-Identifier: MIT
// The SQLite driver: one connection to one file, opened by SQLiteCpp. Write-ahead log, every commit
// synced to disk, a page cache of fixed size, and a busy time-out that waits its turn fairly.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "store/session.hpp"

namespace usagectl::store {

struct SqliteOptions {
    std::string path;  // an existing file
    bool read_only = false;
    std::chrono::milliseconds busy{5000};  // how long to wait for another writer
};

[[nodiscard]] std::unique_ptr<Session> open_sqlite(const SqliteOptions& options);

// Makes an empty file that only its owner can read (SQLite gives -wal and -shm the same mode). A
// file that is already there is left alone. `directories`: those missing above it are made too.
void create_sqlite_file(const std::string& path, bool directories);

[[nodiscard]] std::string sqlite_library_version();

}  // namespace usagectl::store
