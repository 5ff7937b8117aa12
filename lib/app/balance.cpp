// SPDX-License-Identifier: MIT
#include "app/balance.hpp"

#include <algorithm>
#include <map>

#include "app/tariff_quote.hpp"
#include "app/usage.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

bool is_rated(const ledger::Entry& entry) {
    return entry.kind == ledger::Kind::charge || entry.kind == ledger::Kind::correction;
}

Result<Moment> moment_of(const BalanceQuestion& question) {
    const Moment moment{
        question.as_of.value_or(question.known_at.value_or(question.now)),
        question.known_at.value_or(question.now)};
    const auto latest = std::max(moment.as_of, moment.known_at);
    if (latest <= question.now)
        return moment;
    return refuse(
        Exit::refused,
        "balance_of_the_future",
        "it is " + format_instant(question.now) + ", and the balance of " + format_instant(latest) +
            " is not known yet",
        "the forecast of a balance of now tells how long it will last"
    );
}

// An account that has no meter any more is its last provider's.
Result<void> check_asker(Store& store, const AccountThen& then, const std::string& asker) {
    auto number = then.standing.meter;
    if (!number) {
        for (const auto& period : store.accounts().service(then.known.number))
            number = period.meter ? period.meter : number;
    }
    const auto meter = number ? store.meters().find_number(*number) : std::nullopt;
    return meter ? check_provider(*meter, asker) : Result<void>();
}

ChargedEnergy charged_energy(const AccountThen& then) {
    const auto start = cycle_start(then.zone->day_of(then.moment.as_of), then.cycle_day);
    std::map<LocalDay, ledger::Basis> newest;
    for (const auto& entry : then.entries) {
        if (is_rated(entry) && entry.id.day >= start)
            newest[entry.id.day] = entry.basis;
    }
    ChargedEnergy sum;
    for (const auto& [day, basis] : newest) {
        sum.vee_wh += basis.vee_wh;
        sum.raw_wh += basis.raw_wh;
        sum.estimated_wh += basis.estimated_wh;
    }
    return sum;
}

std::optional<account::Forecast> forecast_of(const AccountThen& then, const BalanceParts& parts) {
    if (!account::in_service(then.status))
        return std::nullopt;
    const auto at = then.moment.as_of;
    const auto today = then.zone->day_of(at);
    const auto begin = then.zone->day_start(today);
    const auto end = then.zone->day_start(today + days(1));
    const account::ForecastStart start{today, (end - at).count(), (end - begin).count()};
    const auto available = add(parts.balance(), -then.disconnection);
    if (!available)
        return std::nullopt;
    return account::forecast(day_costs(then.entries), *available, start);
}

}  // namespace

std::vector<account::DayCost> day_costs(const std::vector<ledger::Entry>& entries) {
    std::map<LocalDay, Money> costs;
    for (const auto& entry : entries) {
        if (is_rated(entry))
            costs[entry.id.day] = costs[entry.id.day] - entry.amount;
    }
    std::vector<account::DayCost> list;
    for (const auto& [day, cost] : costs)
        list.push_back({day, cost});
    return list;
}

Result<BalanceAnswer>
balance_of(Store& store, const BalanceQuestion& question, const Prepay& prepay) {
    const auto moment = moment_of(question);
    if (!moment)
        return tl::unexpected(moment.error());
    auto then = account_then(store, question.account, *moment, prepay);
    if (!then)
        return tl::unexpected(then.error());
    if (auto allowed = check_asker(store, *then, question.asker); !allowed)
        return tl::unexpected(allowed.error());
    const auto blocks = question.known_at ? Blocks::known : Blocks::current;
    auto uncharged = rate_uncharged(store, *then, blocks);
    if (!uncharged)
        return tl::unexpected(uncharged.error());
    BalanceAnswer answer;
    answer.parts = {then->posted, uncharged->vee, uncharged->gap};
    answer.charged = charged_energy(*then);
    answer.forecast = forecast_of(*then, answer.parts);
    answer.uncharged = *uncharged;
    answer.reproduced = moment->known_at < question.now;
    answer.then = std::move(*then);
    return answer;
}

}  // namespace usagectl::app
