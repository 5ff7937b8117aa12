// SPDX-License-Identifier: MIT
// app::Store over a session of either engine: repositories, and the transaction around them.
#pragma once

#include <memory>
#include <string>

#include "app/store.hpp"
#include "store/account_repository.hpp"
#include "store/agent_repository.hpp"
#include "store/audit_repository.hpp"
#include "store/backfill_repository.hpp"
#include "store/block_repository.hpp"
#include "store/card_repository.hpp"
#include "store/key_repository.hpp"
#include "store/ledger_repository.hpp"
#include "store/legacy_repository.hpp"
#include "store/market_repository.hpp"
#include "store/meter_repository.hpp"
#include "store/nightly_repository.hpp"
#include "store/quote_repository.hpp"
#include "store/reconcile_repository.hpp"
#include "store/remote_repository.hpp"
#include "store/role_repository.hpp"
#include "store/rules_repository.hpp"
#include "store/service_repository.hpp"
#include "store/session.hpp"
#include "store/tariff_repository.hpp"

namespace usagectl::store {

class Datastore final : public app::Store {
public:
    // The schema must be current; `shown` is the masked URL.
    Datastore(std::unique_ptr<Session> session, std::string shown);

    [[nodiscard]] meter::MeterStore& meters() override { return meters_; }
    [[nodiscard]] meter::BlockStore& blocks() override { return blocks_; }
    [[nodiscard]] audit::AuditStore& audit() override { return audit_; }
    [[nodiscard]] app::KeyStore& keys() override { return keys_; }
    [[nodiscard]] app::MarketStore& market() override { return market_; }
    [[nodiscard]] app::RemoteStore& remote() override { return remote_; }
    [[nodiscard]] app::BackfillStore& backfill() override { return backfill_; }
    [[nodiscard]] app::TariffStore& tariffs() override { return tariffs_; }
    [[nodiscard]] app::RulesStore& rules() override { return rules_; }
    [[nodiscard]] app::AccountStore& accounts() override { return accounts_; }
    [[nodiscard]] app::LedgerStore& ledger() override { return ledger_; }
    [[nodiscard]] app::ServiceStore& service() override { return service_; }
    [[nodiscard]] app::NightlyStore& nightly() override { return nightly_; }
    [[nodiscard]] app::LegacyStore& legacy() override { return legacy_; }
    [[nodiscard]] app::ReconcileStore& reconcile() override { return reconcile_; }
    [[nodiscard]] app::QuoteStore& quotes() override { return quotes_; }
    [[nodiscard]] app::RoleStore& roles() override { return roles_; }
    [[nodiscard]] app::CardStore& cards() override { return cards_; }
    [[nodiscard]] app::AgentStore& agents() override { return agents_; }

    // Never repeats `work` by itself: it may be half-way through a file that cannot be read twice.
    void write(const std::function<void()>& work) override;
    void write_soon(const std::function<void()>& work) override;
    void read(const std::function<void()>& work) override;
    void lock_ingest() override;
    void write_ahead() override { session_->write_ahead(); }
    void keep_more_at_hand() override { session_->keep_more_at_hand(); }

    [[nodiscard]] bool sandbox() const override { return sandbox_; }
    [[nodiscard]] app::StoreStatus status() override;
    void check(const std::function<void(std::string)>& finding) override;

private:
    void run(Access access, const std::function<void()>& work);

    std::unique_ptr<Session> session_;
    std::string shown_;
    bool sandbox_;
    MeterRepository meters_;
    BlockRepository blocks_;
    AuditRepository audit_;
    KeyRepository keys_;
    MarketRepository market_;
    RemoteRepository remote_;
    BackfillRepository backfill_;
    TariffRepository tariffs_;
    RulesRepository rules_;
    AccountRepository accounts_;
    LedgerRepository ledger_;
    ServiceRepository service_;
    LegacyRepository legacy_;
    ReconcileRepository reconcile_;
    NightlyRepository nightly_;
    QuoteRepository quotes_;
    RoleRepository roles_;
    CardRepository cards_;
    AgentRepository agents_;
};

}  // namespace usagectl::store
