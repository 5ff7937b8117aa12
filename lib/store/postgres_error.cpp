// SPDX-License-Identifier: MIT
#include "store/postgres_error.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace usagectl::store {
namespace {

// libpq's messages have several lines and end in one; an Error is one sentence.
std::string one_line(std::string_view detail) {
    std::string line(detail);
    while (!line.empty() && (line.back() == '\n' || line.back() == ' '))
        line.pop_back();
    std::replace(line.begin(), line.end(), '\n', ' ');
    std::replace(line.begin(), line.end(), '\t', ' ');
    return line;
}

struct Translation {
    std::string_view state;  // the whole SQLSTATE, or its class
    std::string_view code;
    std::string_view what;  // follows "the store URL "
    std::string_view hint;
    bool retryable = false;
    Exit exit = Exit::unavailable;
};

constexpr std::string_view repeat = "repeat the command";

// First match counts.
constexpr Translation translations[] = {
    {"40001", "store_conflict", "took another command's change first", repeat, true},
    {"40P01", "store_conflict", "ended a deadlock with another command", repeat, true},
    {"23505", "store_conflict", "already holds what another command stored first", repeat, true},
    {"55P03",
     "store_busy",
     "is busy: another session holds the lock",
     "try again when the other command has finished",
     true},
    {"57014", "store_busy", "cancelled the statement", repeat, true},
    {"53300", "store_busy", "has no connection left", "try again later", true},
    {"53100",
     "store_full",
     "has no disk space left",
     "free space on the server; nothing was stored"},
    {"25006", "store_read_only", "is read-only", "name the primary server in the URL"},
    {"42501",
     "store_permission",
     "refuses permission",
     "have the owner of the store give this user the role its work takes: usagectl db grant",
     false,
     Exit::refused},
    {"XX001",
     "store_damaged",
     "is damaged",
     "look with `usagectl db check`, then restore a backup"},
    {"XX002",
     "store_damaged",
     "is damaged",
     "look with `usagectl db check`, then restore a backup"},
};

}  // namespace

bool ends_connection(std::string_view state) {
    return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" ||
           state == "57P05";
}

void throw_unreachable(std::string_view detail, const std::string& store) {
    throw Failure(
        "store_unreachable",
        "cannot reach the store " + store + ": " + one_line(detail),
        "check the server and the URL, then repeat the command",
        true
    );
}

void throw_postgres_failure(
    std::string_view state, std::string_view detail, const std::string& store
) {
    if (ends_connection(state))
        throw_unreachable(detail, store);
    const auto* known = std::find_if(
        std::begin(translations),
        std::end(translations),
        [&](const Translation& translation) { return translation.state == state; }
    );
    if (known == std::end(translations)) {
        throw Failure("store_failed", "the store " + store + " failed: " + one_line(detail));
    }
    const std::string message =
        "the store " + store + " " + std::string(known->what) + ": " + one_line(detail);
    throw Failure(Error{
        known->exit, std::string(known->code), message, std::string(known->hint), known->retryable}
    );
}

}  // namespace usagectl::store
