// SPDX-License-Identifier: MIT
// The datastore as use cases see it: ports of the domains, and a transaction around them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/account_store.hpp"
#include "app/agent_store.hpp"
#include "app/backfill_store.hpp"
#include "app/card_store.hpp"
#include "app/keys.hpp"
#include "app/ledger_store.hpp"
#include "app/legacy_store.hpp"
#include "app/market_store.hpp"
#include "app/nightly_store.hpp"
#include "app/quote_store.hpp"
#include "app/remote_store.hpp"
#include "app/role_store.hpp"
#include "app/rules_store.hpp"
#include "app/service_store.hpp"
#include "app/tariff_store.hpp"
#include "audit/record.hpp"
#include "meter/store.hpp"

namespace usagectl::app {

struct MigrationStatus {
    int version = 0;
    std::string name;
    bool applied = false;
    std::string applied_at;  // RFC 3339, empty when not applied
};

struct StoreStatus {
    std::string url;     // password masked
    std::string engine;  // "sqlite" or "postgresql"
    bool exists = false;
    bool sandbox = false;
    int version = 0;  // newest applied migration
    int newest = 0;   // newest migration this binary knows
    std::vector<MigrationStatus> migrations;
    std::vector<RoleHeld> roles;  // of database users, by name
};

class Store {
public:
    Store() = default;
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    virtual ~Store() = default;

    [[nodiscard]] virtual meter::MeterStore& meters() = 0;
    [[nodiscard]] virtual meter::BlockStore& blocks() = 0;
    [[nodiscard]] virtual audit::AuditStore& audit() = 0;
    [[nodiscard]] virtual KeyStore& keys() = 0;
    [[nodiscard]] virtual MarketStore& market() = 0;
    [[nodiscard]] virtual RemoteStore& remote() = 0;
    [[nodiscard]] virtual BackfillStore& backfill() = 0;
    [[nodiscard]] virtual TariffStore& tariffs() = 0;
    [[nodiscard]] virtual RulesStore& rules() = 0;
    [[nodiscard]] virtual AccountStore& accounts() = 0;
    [[nodiscard]] virtual LedgerStore& ledger() = 0;
    [[nodiscard]] virtual ServiceStore& service() = 0;
    [[nodiscard]] virtual NightlyStore& nightly() = 0;
    [[nodiscard]] virtual LegacyStore& legacy() = 0;
    [[nodiscard]] virtual ReconcileStore& reconcile() = 0;
    [[nodiscard]] virtual QuoteStore& quotes() = 0;
    [[nodiscard]] virtual RoleStore& roles() = 0;
    [[nodiscard]] virtual CardStore& cards() = 0;
    [[nodiscard]] virtual AgentStore& agents() = 0;

    // Runs `work` in one transaction: committed when it returns, rolled back when it throws. Never
    // repeated by itself: work may read a file that cannot be read twice.
    // SQLite: begin immediate; PostgreSQL: serialised writers are the work's own business.
    virtual void write(const std::function<void()>& work) = 0;
    // The same, but the commit does not wait for the disk: for rows whose loss, should the power
    // fail in that moment, harms nothing else.
    virtual void write_soon(const std::function<void()>& work) = 0;
    // The same for a consistent view across several reads.
    virtual void read(const std::function<void()>& work) = 0;
    // One ingest at a time per store: waits for the lock until this transaction ends (PostgreSQL;
    // on SQLite the write transaction is that lock). Call inside write().
    virtual void lock_ingest() = 0;
    // Starts writing what this transaction holds while the caller waits for something else.
    virtual void write_ahead() = 0;
    // For a use case about to change many accounts in one transaction after another: the store may
    // take more memory for it, up to 48 MiB. Changes nothing that can be seen.
    virtual void keep_more_at_hand() = 0;

    [[nodiscard]] virtual bool sandbox() const = 0;
    [[nodiscard]] virtual StoreStatus status() = 0;
    // Structural checks of the engine and of ours; calls `finding` for each thing wrong.
    virtual void check(const std::function<void(std::string)>& finding) = 0;
};

}  // namespace usagectl::app
