// SPDX-License-Identifier: MIT
#include "store/sqlite_error.hpp"

#include <cerrno>

#include <sqlite3.h>
#include <unistd.h>

#include "base/error.hpp"

namespace usagectl::store {
namespace {

Error failure(std::string_view code, std::string message, std::string_view hint) {
    return {Exit::unavailable, std::string(code), std::move(message), std::string(hint), false};
}

Error busy(const std::string& path) {
    Error error = failure(
        "store_busy",
        "the store " + path + " is busy: another process is writing to it",
        "try again when the other command has finished"
    );
    error.retryable = true;
    return error;
}

Error read_only(const std::string& path) {
    return failure(
        "store_read_only",
        "the store " + path + " cannot be written",
        "make the file and its directory writable, or copy the store and name the copy with --db"
    );
}

Error full(const std::string& path, const std::string& detail) {
    return failure(
        "store_full",
        "the disk of the store " + path + " is full or failing: " + detail,
        "free space on it and repeat the command; nothing was stored"
    );
}

Error damaged(const std::string& path, const std::string& detail) {
    return failure(
        "store_damaged",
        "the store " + path + " is damaged: " + detail,
        "look with `usagectl db check`, then restore a backup"
    );
}

Error denied(const std::string& path) {
    return {
        Exit::refused,
        "store_permission",
        "permission to open the store " + path + " is denied",
        "ask the owner of the file, or name another store with --db",
        false,
    };
}

// A file in a directory that takes no -wal beside it fails to open, too.
Error cannot_open(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0) {
        return failure(
            "store_unreachable", "cannot open the store " + path, "check the path and --db"
        );
    }
    return ::access(path.c_str(), R_OK) != 0 ? denied(path) : read_only(path);
}

bool is_write_error(int code) {
    switch (code) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_SHMSIZE:
    case SQLITE_IOERR_SHMOPEN:
    case SQLITE_IOERR_SHMMAP:
        return true;
    default:
        return false;
    }
}

Error translate(int code, const std::string& detail, const std::string& path) {
    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return busy(path);
    case SQLITE_READONLY:
        return read_only(path);
    case SQLITE_FULL:
        return full(path, detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damaged(path, detail);
    case SQLITE_CANTOPEN:
        return cannot_open(path);
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return denied(path);
    case SQLITE_IOERR:
        if (is_write_error(code))
            return full(path, detail);
        break;
    default:
        break;
    }
    if (code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_UNIQUE) {
        Error conflict = failure("store_conflict", "another command stored the same first", "");
        conflict.hint = "repeat the command";
        conflict.retryable = true;
        return conflict;
    }
    return failure("store_failed", "the store " + path + " failed: " + detail, "");
}

}  // namespace

void throw_sqlite_failure(int code, const std::string& detail, const std::string& path) {
    throw Failure(translate(code, detail, path));
}

void throw_sqlite_failure(sqlite3* database, const std::string& path) {
    throw_sqlite_failure(sqlite3_extended_errcode(database), sqlite3_errmsg(database), path);
}

}  // namespace usagectl::store
