// SPDX-License-Identifier: MIT
// Accounts with a charged billing cycle, and bills of it.
#pragma once

#include <string>

#include "account/office.hpp"
#include "app/reconcile.hpp"
#include "support/scratch.hpp"

namespace usagectl::test {

// The cycle of the cases: four days before the office's day.
[[nodiscard]] LocalDay cycle_start();
[[nodiscard]] LocalDay cycle_end();

struct Cycle {
    explicit Cycle(const Place& place)
        : office(place) {
        office.at(some_day);
    }

    // An account in service, charged for each day of the cycle: 10 kWh for 1.00, PCA 0.10, 0.50 a
    // day, an option of 0.25 and a tax of 0.05. Paid 50.00.
    void account(const std::string& id) const;
    // Posts something to the account on a day of the cycle.
    void post(
        const std::string& id,
        ledger::Kind kind,
        LocalDay day,
        const std::string& code,
        Money amount
    ) const;

    // Lines without their header row: account, kwh, energy, pca, base, taxes, additional.
    [[nodiscard]] static std::string line(
        const std::string& id,
        const std::string& energy = "4.00",
        const std::string& pca = "0.40",
        const std::string& kwh = "40"
    );
    [[nodiscard]] Result<app::ReconcileStarted>
    start(const std::string& lines, bool replace = false, bool dry_run = false) const;
    [[nodiscard]] Result<app::ReconcileAccepted>
    accept(const std::string& person = "ann", std::optional<Money> above = {}) const;
    [[nodiscard]] std::vector<app::ReconcileItem> items(std::int64_t version = 0) const;
    // What the account was charged for the cycle, with the true-up.
    [[nodiscard]] Money charged(const std::string& id) const;
    // Balance, entries and items of every account, as text.
    [[nodiscard]] static std::string everything(app::Store& store);
    [[nodiscard]] std::string everything() const { return everything(office.store()); }

    Office office;
    Scratch files;
};

}  // namespace usagectl::test
