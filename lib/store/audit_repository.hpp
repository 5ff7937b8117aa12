// SPDX-License-Identifier: MIT
// The audit record in the store. The engine numbers the rows: no lock on the way, and a number may
// be missing after a transaction that was rolled back.
#pragma once

#include "audit/record.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class AuditRepository final : public audit::AuditStore {
public:
    explicit AuditRepository(Session& session)
        : session_(session) {}

    void append(const audit::Record& record) override;
    void each(
        std::optional<Instant> from,
        std::optional<Instant> to,
        std::size_t limit,
        const std::function<bool(const audit::Record&)>& visit
    ) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
