// SPDX-License-Identifier: MIT
// Planned back-fill requests in the store.
#pragma once

#include "app/backfill_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class BackfillRepository final : public app::BackfillStore {
public:
    explicit BackfillRepository(Session& session)
        : session_(session) {}

    void add(app::BackfillRequest& request) override;
    void update(const app::BackfillRequest& request) override;
    [[nodiscard]] std::vector<app::BackfillRequest> open(std::optional<LocalDay> day) override;
    [[nodiscard]] std::vector<app::BackfillRequest> of_day(LocalDay day) override;
    [[nodiscard]] std::vector<app::BackfillRequest> of_plan(const std::string& plan) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
