// SPDX-License-Identifier: MIT
// Reconciliations with the legacy bills in the store.
#pragma once

#include "app/legacy_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class ReconcileRepository final : public app::ReconcileStore {
public:
    explicit ReconcileRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::ReconcileRun> find(const app::RunId& id) override;
    void each(const std::function<bool(const app::ReconcileRun&)>& visit) override;
    void lock() override;
    void append(const app::ReconcileRun& run) override;
    void save(const app::ReconcileRun& run) override;
    void append(const app::RunId& run, const app::ReconcileItem& item) override;
    [[nodiscard]] std::vector<app::ReconcileItem>
    items(const app::RunId& run, std::int64_t after, std::size_t limit) override;
    [[nodiscard]] bool has_account(const app::RunId& run, std::string_view account) override;
    void mark_posted(const app::RunId& run, const app::ReconcileItem& item) override;
    [[nodiscard]] std::optional<app::RunId>
    posted(ledger::AccountNumber account, const app::DaySpan& days) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
