// SPDX-License-Identifier: MIT
#include "app/ladder_run.hpp"

#include <map>

#include "account/forecast.hpp"
#include "account/ladder.hpp"
#include "app/guard.hpp"
#include "app/lock_order.hpp"

namespace usagectl::app {

namespace {

using account::NoticeType;
using account::OrderKind;
using account::Rung;

constexpr std::size_t accounts_at_once = 256;

std::string figures_of(const account::Standing& standing, std::optional<std::int64_t> days_left) {
    auto text = R"({"balance":")" + format_money(standing.balance) + R"(","disconnection":")" +
                format_money(standing.thresholds.disconnection) + R"(","days_left":)";
    return text + (days_left ? std::to_string(*days_left) : "null") + "}";
}

class Ladder {
public:
    Ladder(
        Store& store,
        const Prepay& prepay,
        const RulePacks& packs,
        const LadderOptions& options,
        CountyEmergencies& emergencies
    )
        : store_(store)
        , prepay_(prepay)
        , packs_(packs)
        , options_(options)
        , emergencies_(emergencies) {}

    [[nodiscard]] const LadderTally& tally() const { return tally_; }

    void climb(const std::string& id) {
        auto change = AccountChange::begin(store_, id, prepay_, options_.actor, options_.now);
        if (!change)
            throw Failure(change.error());
        ++tally_.looked_at;
        auto& standing = change->standing();
        if (!account::in_service(standing.status))
            return;
        const auto days_left =
            standing.thresholds.low_days ? days_left_of(store_, standing) : std::nullopt;
        const auto rung = account::rung_of(standing.balance, standing.thresholds, days_left);
        const auto figures = figures_of(standing, days_left);
        if (rung == Rung::suspend)
            suspend(*change);
        if (rung == Rung::suspend || rung == Rung::grace)
            tell(*change, NoticeType::suspend, figures);
        if (rung == Rung::low)
            tell(*change, NoticeType::low_balance, figures);
        if (const auto done = change->finish(); !done)
            throw Failure(done.error());
    }

private:
    void suspend(AccountChange& change) {
        if (change.standing().status == account::Status::active) {
            if (const auto done = change.become(account::Status::past_due, "balance"); !done)
                throw Failure(done.error());
            ++tally_.past_due;
        }
        auto made =
            change.order(OrderKind::suspend, "balance at or below the disconnection balance");
        tally_.orders += made ? 1 : 0;
        // What holds it back is judged anew whenever it is looked at; written down for people.
        for (auto& open : store_.service().open_orders(change.known().number)) {
            if (open.kind != OrderKind::suspend || open.exported_at)
                continue;
            const auto holds = held_by(
                judge_suspension_of(store_, AccountNow::of(change), packs_, prepay_, emergencies_)
            );
            tally_.held += holds.empty() ? 0 : 1;
            if (open.held_by == holds)
                continue;
            open.held_by = holds;
            store_.service().save(open);
        }
    }

    void tell(AccountChange& change, NoticeType type, const std::string& figures) {
        change.notice(type, figures);
        ++tally_.notices;
    }

    Store& store_;
    const Prepay& prepay_;
    const RulePacks& packs_;
    const LadderOptions& options_;
    CountyEmergencies& emergencies_;
    LadderTally tally_;
};

}  // namespace

std::optional<std::int64_t> days_left_of(Store& store, const account::Standing& standing) {
    if (!standing.charged_through)
        return std::nullopt;
    const DaySpan span{
        *standing.charged_through - account::forecast_history, *standing.charged_through};
    std::map<LocalDay, Money> costs;
    for (const auto& entry : store.ledger().entries(standing.account, span)) {
        if (entry.kind == ledger::Kind::charge || entry.kind == ledger::Kind::correction)
            costs[entry.id.day] = costs[entry.id.day] - entry.amount;
    }
    std::vector<account::DayCost> days;
    for (const auto& [day, cost] : costs)
        days.push_back({day, cost});
    return account::days_left(days, standing.balance, standing.thresholds.disconnection);
}

void LadderTally::add(const LadderTally& part) {
    looked_at += part.looked_at;
    past_due += part.past_due;
    orders += part.orders;
    held += part.held;
    notices += part.notices;
}

void run_ladder(
    Store& store,
    const Prepay& prepay,
    const RulePacks& packs,
    const LadderOptions& options,
    LadderTally& tally
) {
    CountyEmergencies emergencies(store);
    ledger::AccountNumber after = 0;
    while (true) {
        const auto accounts = store.nightly().below_threshold(after, accounts_at_once);
        if (accounts.empty())
            return;
        options.transact([&] {
            Ladder ladder(store, prepay, packs, options, emergencies);
            for (const auto& id : in_lock_order(store, accounts))
                ladder.climb(id);
            if (options.within)
                options.within(ladder.tally());
            tally.add(ladder.tally());
        });
        after = accounts.back();
    }
}

}  // namespace usagectl::app
