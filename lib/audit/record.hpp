// SPDX-License-Identifier: MIT
// What every changing command leaves behind, in the same transaction as the change.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/instant.hpp"

namespace usagectl::audit {

struct Record {
    std::int64_t number = 0;  // given by the store, ascending
    Instant at{};
    std::string actor;      // --actor, default the OS user
    std::string os_user;    // always the OS user
    std::string command;    // "ingest", "meter set"
    std::string arguments;  // as a JSON array of strings, secrets masked
    std::string outcome;    // a short sentence with the figures
};

class AuditStore {
public:
    AuditStore() = default;
    AuditStore(const AuditStore&) = delete;
    AuditStore& operator=(const AuditStore&) = delete;
    virtual ~AuditStore() = default;

    virtual void append(const Record& record) = 0;
    // Newest first within [from, to), at most `limit`, until `visit` returns false.
    virtual void each(
        std::optional<Instant> from,
        std::optional<Instant> to,
        std::size_t limit,
        const std::function<bool(const Record&)>& visit
    ) = 0;
};

}  // namespace usagectl::audit
