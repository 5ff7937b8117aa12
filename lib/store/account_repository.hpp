// SPDX-License-Identifier: MIT
// Accounts, their standings, services and events in the store.
#pragma once

#include "app/account_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class AccountRepository final : public app::AccountStore {
public:
    explicit AccountRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<app::KnownAccount> find(std::string_view id) override;
    [[nodiscard]] std::optional<app::KnownAccount> find(app::AccountNumber number) override;
    void each(
        std::string_view from,
        const std::function<bool(const app::KnownAccount&, const account::Standing&)>& visit
    ) override;
    [[nodiscard]] std::vector<std::string> ids(std::string_view prefix, std::size_t limit) override;
    [[nodiscard]] std::vector<app::CountyOfAccounts> counties() override;
    [[nodiscard]] std::optional<app::AccountNumber> of_meter(std::int64_t meter) override;

    [[nodiscard]] std::optional<app::AccountNumber>
    create(const account::Account& account, account::Standing& standing) override;
    void save(const app::KnownAccount& account) override;

    [[nodiscard]] account::Standing standing(app::AccountNumber number) override;
    [[nodiscard]] account::Standing lock(app::AccountNumber number) override;
    [[nodiscard]] std::optional<Locked> lock(std::string_view id) override;
    [[nodiscard]] bool save(const account::Standing& standing) override;
    void move(const account::Standing& standing) override;

    [[nodiscard]] std::int64_t profile_number(const app::RateProfile& profile) override;
    [[nodiscard]] std::optional<app::RateProfile> profile(std::int64_t number) override;

    [[nodiscard]] std::vector<account::Preference> preferences(app::AccountNumber number) override;
    void save_preference(app::AccountNumber number, const account::Preference& preference) override;
    void
    remove_preference(app::AccountNumber number, const account::Preference& preference) override;
    [[nodiscard]] std::vector<app::ServicePeriod> service(app::AccountNumber number) override;
    void add_service(app::AccountNumber number, const app::ServicePeriod& period) override;

    void
    append_event(app::AccountNumber number, LocalDay day, const app::AccountEvent& event) override;
    [[nodiscard]] std::vector<app::AccountEvent> events(app::AccountNumber number) override;

private:
    Session& session_;
};

}  // namespace usagectl::store
