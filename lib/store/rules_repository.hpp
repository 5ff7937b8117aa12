// SPDX-License-Identifier: MIT
// Weather emergencies in the store.
#pragma once

#include "app/rules_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class RulesRepository final : public app::RulesStore {
public:
    explicit RulesRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::vector<app::EnteredEmergency> entries(const app::EmergencySpan& span
    ) override;
    [[nodiscard]] std::vector<rules::Emergency> in_force(const app::EmergencySpan& span) override;
    [[nodiscard]] bool enter(const app::EnteredEmergency& emergency) override;
    [[nodiscard]] bool
    withdraw(const app::EnteredEmergency& emergency, const app::Withdrawal& withdrawal) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
