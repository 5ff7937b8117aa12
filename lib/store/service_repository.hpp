// SPDX-License-Identifier: MIT
// Orders and notices in the store.
#pragma once

#include "app/service_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class ServiceRepository final : public app::ServiceStore {
public:
    explicit ServiceRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::ServiceOrder> open_order(app::ServiceOrder order) override;
    [[nodiscard]] std::optional<app::ServiceOrder> order(const ledger::EntryId& id) override;
    [[nodiscard]] std::vector<app::ServiceOrder> open_orders(ledger::AccountNumber account
    ) override;
    void save(const app::ServiceOrder& order) override;
    void orders(
        const OrderFilter& filter, const std::function<bool(const app::ServiceOrder&)>& visit
    ) override;
    [[nodiscard]] std::vector<app::ServiceOrder> exchanges_since(Instant decided_at) override;

    [[nodiscard]] bool add_notice(app::Notice notice) override;
    [[nodiscard]] std::vector<app::Notice>
    notices(ledger::AccountNumber account, const app::DaySpan& days) override;
    void cancel_notice(const ledger::EntryId& id) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
