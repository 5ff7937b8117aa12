// SPDX-License-Identifier: MIT
// Who does something, for the audit record every changing use case leaves.
#pragma once

#include <string>

#include "audit/record.hpp"

namespace usagectl::app {

struct Actor {
    std::string name;  // --actor, default the OS user
    std::string os_user;
    std::string command;    // "ingest"
    std::string arguments;  // JSON array of strings, secrets already masked

    [[nodiscard]] audit::Record record(Instant at, std::string outcome) const {
        return {0, at, name, os_user, command, arguments, std::move(outcome)};
    }
};

}  // namespace usagectl::app
