// SPDX-License-Identifier: MIT
// What is known of the legacy billing system, and how its bills were reconciled with the ledger, as
// the store keeps them. Calls that change something happen inside a write transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/ledger_store.hpp"
#include "legacy/facts.hpp"
#include "reconcile/compare.hpp"
#include "reconcile/run_state.hpp"

namespace usagectl::app {

struct LegacyExtract {
    std::int64_t number = 0;
    std::string sha256;
    std::string path;
    std::int64_t lines = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;
    Instant at{};
    std::string actor;
};

struct LegacyAccount {
    legacy::Facts facts;
    std::int64_t extract = 0;  // the last one that changed something of it
    Instant at{};              // when that was taken
};

class LegacyStore {
public:
    LegacyStore() = default;
    LegacyStore(const LegacyStore&) = delete;
    LegacyStore& operator=(const LegacyStore&) = delete;
    virtual ~LegacyStore() = default;

    [[nodiscard]] virtual std::optional<LegacyAccount> find(std::string_view account) = 0;
    // Makes or replaces what is known of its account.
    virtual void save(const LegacyAccount& account) = 0;

    // Whether there is a legacy system at all, as far as the store knows.
    [[nodiscard]] virtual bool any_extract() = 0;
    [[nodiscard]] virtual std::optional<LegacyExtract> extract(std::string_view sha256) = 0;
    // The number of the next extract; nobody else takes one until the transaction ends.
    [[nodiscard]] virtual std::int64_t next_extract() = 0;
    virtual void append(const LegacyExtract& extract) = 0;
};

using reconcile::RunState;

// The runs of a cycle count from 1; what people call one is `2026-10-31.1`.
struct RunId {
    LocalDay cycle_end{};
    std::int64_t version = 0;
    bool operator==(const RunId&) const = default;
};

struct ReconcileRun {
    RunId id;
    RunState state = RunState::started;
    std::string bills;  // sha256 of the file
    std::optional<Rate> base_rate = {};
    std::optional<Rate> pca_rate = {};
    std::int64_t lines = 0;
    std::int64_t rejected = 0;
    Money actual;
    Money estimated;
    Money absolute;  // of the adjustments, each without its sign
    Instant started_at{};
    std::string started_by;
    std::optional<Instant> accepted_at = {};
    std::string accepted_by = {};
    std::optional<Instant> second_at = {};
    std::string second_by = {};
    std::optional<Instant> finished_at = {};
};

struct ReconcileItem {
    std::int64_t line = 0;  // of the bills
    std::string account;
    std::optional<ledger::AccountNumber> number = {};
    std::string code = {};  // why it is not reconciled; empty: it is
    std::string message = {};
    LocalDay cycle_start{};
    reconcile::Comparison figures;
    Money adjustment;                           // what the customer still has to pay
    Money payments;                             // received within the cycle
    std::optional<ledger::EntryId> entry = {};  // none: nothing had to be posted
    std::optional<Instant> posted_at = {};
};

class ReconcileStore {
public:
    ReconcileStore() = default;
    ReconcileStore(const ReconcileStore&) = delete;
    ReconcileStore& operator=(const ReconcileStore&) = delete;
    virtual ~ReconcileStore() = default;

    // The version 0: the newest of the cycle.
    [[nodiscard]] virtual std::optional<ReconcileRun> find(const RunId& id) = 0;
    // Newest cycle first, then newest version.
    virtual void each(const std::function<bool(const ReconcileRun&)>& visit) = 0;
    // Of the runs that changes are made to one by one: nobody else does until the transaction ends.
    virtual void lock() = 0;
    virtual void append(const ReconcileRun& run) = 0;
    // State, totals and signatures.
    virtual void save(const ReconcileRun& run) = 0;

    virtual void append(const RunId& run, const ReconcileItem& item) = 0;
    // Ascending by line, behind `after`, at most `limit`.
    [[nodiscard]] virtual std::vector<ReconcileItem>
    items(const RunId& run, std::int64_t after, std::size_t limit) = 0;
    [[nodiscard]] virtual bool has_account(const RunId& run, std::string_view account) = 0;
    // Entry and posted_at.
    virtual void mark_posted(const RunId& run, const ReconcileItem& item) = 0;
    // An item of the account that was posted and whose cycle shares a day with `days`.
    [[nodiscard]] virtual std::optional<RunId>
    posted(ledger::AccountNumber account, const DaySpan& days) = 0;
};

}  // namespace usagectl::app
