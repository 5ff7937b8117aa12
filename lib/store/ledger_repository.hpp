// SPDX-License-Identifier: MIT
// The ledger and the payments in the store.
#pragma once

#include <map>
#include <string>

#include "app/ledger_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class LedgerRepository final : public app::LedgerStore {
public:
    explicit LedgerRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] ledger::CodeNumber code(std::string_view name) override;
    [[nodiscard]] std::string code_name(ledger::CodeNumber number) override;

    [[nodiscard]] int next_place(ledger::AccountNumber account, LocalDay day) override;
    void append(const ledger::Entry& entry) override;
    [[nodiscard]] std::optional<ledger::Entry> find(const ledger::EntryId& id) override;
    [[nodiscard]] std::vector<ledger::Entry> entries(
        ledger::AccountNumber account,
        const app::DaySpan& days,
        std::optional<Instant> known_at = {}
    ) override;
    [[nodiscard]] std::optional<app::DaySpan> extent() override;
    void
    each(const app::DaySpan& days, const std::function<void(const ledger::Entry&)>& visit) override;

    void append_payment(const app::Payment& payment) override;
    [[nodiscard]] std::optional<app::Payment> payment(const ledger::EntryId& id) override;
    [[nodiscard]] std::optional<app::Payment> payment_by_reference(
        account::Method method, std::string_view agent, std::string_view reference
    ) override;
    [[nodiscard]] std::vector<app::Payment>
    payments(ledger::AccountNumber account, const app::DaySpan& days) override;
    void each_payment(
        const app::DaySpan& days, const std::function<void(const app::Payment&)>& visit
    ) override;
    void mark_reversed(const ledger::EntryId& payment, const ledger::EntryId& by) override;

    // After a rollback: numbers given out in that transaction are void.
    void forget();

private:
    // The days of `wanted` that hold any entry.
    [[nodiscard]] std::optional<app::DaySpan> held(const app::DaySpan& wanted);

    Session& session_;
    std::map<std::string, ledger::CodeNumber, std::less<>> codes_;
    std::map<ledger::CodeNumber, std::string> names_;
};

}  // namespace usagectl::store
