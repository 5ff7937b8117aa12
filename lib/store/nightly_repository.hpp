// SPDX-License-Identifier: MIT
// The nightly process in the store: many accounts at a time, and the steps that are done.
#pragma once

#include <set>
#include <string>

#include "app/nightly_store.hpp"
#include "store/session.hpp"

namespace usagectl::store {

class NightlyRepository final : public app::NightlyStore {
public:
    explicit NightlyRepository(Session& session)
        : session_(session) {}

    [[nodiscard]] std::optional<LocalDay> charged_through(LocalDay from) override;
    [[nodiscard]] std::vector<app::ChargedStanding>
    to_charge(LocalDay day, std::int64_t after_meter, std::size_t limit) override;
    [[nodiscard]] std::vector<app::MeteredAccount>
    in_service(std::int64_t after_meter, std::size_t limit) override;
    void each_block(
        LocalDay day, std::int64_t first_meter, std::int64_t last_meter, const VisitBlock& visit
    ) override;
    void append(const std::vector<app::ChargeRow>& rows) override;
    void save(const std::vector<app::ChargedStanding>& standings) override;
    [[nodiscard]] std::vector<ledger::AccountNumber>
    below_threshold(ledger::AccountNumber after, std::size_t limit) override;
    [[nodiscard]] std::optional<app::DaySpan>
    days_touched(std::int64_t after_source, std::int64_t& through) override;
    [[nodiscard]] std::vector<ledger::AccountNumber>
    touched_accounts(LocalDay day, std::int64_t after_source, std::int64_t through_source) override;
    [[nodiscard]] std::int64_t count_status(account::Status status) override;
    [[nodiscard]] std::vector<ledger::AccountNumber> changing() override;
    [[nodiscard]] std::int64_t begin_cycles(LocalDay day, std::int64_t cycle_day) override;
    [[nodiscard]] std::int64_t sources_seen() override;
    [[nodiscard]] std::optional<Instant> last_run(int place) override;
    [[nodiscard]] std::vector<app::NightlyStep> steps(LocalDay day) override;
    void add(const app::NightlyStep& part) override;
    void begin_again(const app::NightlyStep& step) override;
    [[nodiscard]] std::vector<LocalDay> unfinished(int place, LocalDay last) override;
    void finish(const app::NightlyStep& step) override;

private:
    // A text that stays: few zones are in use.
    [[nodiscard]] const std::string* timezone_named(std::string_view name);

    Session& session_;
    std::set<std::string, std::less<>> timezones_;  // few; standings point at them
};

}  // namespace usagectl::store
