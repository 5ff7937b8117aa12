// SPDX-License-Identifier: MIT
#include "app/account_then.hpp"

#include <algorithm>
#include <map>

#include "account/forecast.hpp"
#include "app/tariff_quote.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

// What nightly.cpp calls the step that charges.
constexpr std::string_view charge_step = "daily_charges";
constexpr DaySpan all_days{local_day(0), local_day((1 << 17) - 1)};

bool is_charge(const ledger::Entry& entry) {
    return entry.kind == ledger::Kind::charge;
}

bool is_rated(const ledger::Entry& entry) {
    return is_charge(entry) || entry.kind == ledger::Kind::correction;
}

// What a setting was at the moment: the first change after it tells what it changed from.
std::string value_then(
    const std::vector<AccountEvent>& events, std::string_view field, Instant at, std::string today
) {
    for (const auto& event : events) {
        if (event.field == field && event.at > at)
            return event.before;
    }
    return today;
}

// The first half: what today's standing says.
void take_standing(Store& store, AccountThen& then) {
    const auto& standing = then.standing;
    then.status = standing.status;
    then.posted = standing.balance;
    then.disconnection = standing.thresholds.disconnection;
    then.charged_through = standing.charged_through;
    then.cycle_start = standing.cycle_start;
    then.cycle_wh = standing.cycle_wh;
    if (standing.charged_through) {
        const auto last = *standing.charged_through;
        const auto four_weeks = last - account::forecast_history + days(1);
        const auto first = std::min(four_weeks, cycle_start(last, then.cycle_day));
        then.entries = store.ledger().entries(then.known.number, {first, last});
        // Days without power are passed over, not charged: the days that were lie further back.
        const auto charged_last = [last](const auto& entry) {
            return is_charge(entry) && entry.id.day == last;
        };
        if (std::none_of(then.entries.begin(), then.entries.end(), charged_last))
            then.entries = store.ledger().entries(then.known.number, all_days);
    }
    if (standing.changing || !standing.meter)
        then.periods = store.accounts().service(then.known.number);
}

// Usage of the billing cycle the last charged day is in: the newest rating of each day tells it.
std::int64_t cycle_usage(const std::vector<ledger::Entry>& entries, LocalDay start) {
    std::map<LocalDay, std::int64_t> used;
    for (const auto& entry : entries) {
        if (is_rated(entry) && entry.id.day >= start)
            used[entry.id.day] = entry.basis.wh();
    }
    std::int64_t sum = 0;
    for (const auto& [day, wh] : used)
        sum += wh;
    return sum;
}

account::Status
status_then(const std::vector<AccountEvent>& events, Instant at, account::Status today) {
    const auto word = value_then(events, "status", at, std::string(account::to_string(today)));
    // Before its first event an account is on its way into being.
    return account::parse_status(word).value_or(account::Status::pending);
}

// The day before the account's service began.
std::optional<LocalDay> before_service(
    const AccountThen& then,
    const std::vector<AccountEvent>& events,
    const std::vector<ledger::Entry>& entries
) {
    std::optional<LocalDay> first;
    for (const auto& entry : entries) {
        if (is_charge(entry) && (!first || entry.id.day < *first))
            first = entry.id.day;
    }
    if (!first)
        return then.standing.charged_through;
    for (const auto& event : events) {
        if (event.field == "status" && event.after == account::to_string(account::Status::active)) {
            first = std::min(*first, then.zone->day_of(event.at));
            break;
        }
    }
    return *first - days(1);
}

// A night passes over days without power and usage, and posts nothing: what it did is known from
// the night alone.
LocalDay passed_over(
    Store& store, const AccountThen& then, const std::vector<AccountEvent>& events, LocalDay through
) {
    const auto passed = [&](LocalDay day) {
        for (const auto& step : store.nightly().steps(day)) {
            const auto done = step.name == charge_step ? step.finished_at : std::nullopt;
            if (done && *done <= then.moment.known_at)
                return status_then(events, *done, then.standing.status) ==
                       account::Status::suspended;
        }
        return false;
    };
    const auto today = then.zone->day_of(then.moment.as_of);
    while (through + days(1) < today && passed(through + days(1)))
        through += days(1);
    return through;
}

void take_entries(Store& store, AccountThen& then, const std::vector<AccountEvent>& events) {
    const auto& moment = then.moment;
    auto all = store.ledger().entries(then.known.number, all_days);
    then.charged_through = before_service(then, events, all);
    std::erase_if(all, [&](const ledger::Entry& entry) {
        return entry.known_at > moment.known_at || holds_from(entry) > moment.as_of;
    });
    then.entries = std::move(all);
    for (const auto& entry : then.entries) {
        then.posted = then.posted + entry.amount;
        if (is_charge(entry))
            then.charged_through = entry.id.day;
    }
    if (then.charged_through) {
        then.charged_through = passed_over(store, then, events, *then.charged_through);
        then.cycle_start = cycle_start(*then.charged_through, then.cycle_day);
        then.cycle_wh = cycle_usage(then.entries, then.cycle_start);
    }
}

// The second half: the same from what is kept for ever.
Result<void> take_history(Store& store, AccountThen& then) {
    const auto& account = then.known.account;
    if (account.created_at > then.moment.known_at) {
        return refuse(
            Exit::not_found,
            "account_unknown",
            "account " + account.id + " was made at " + format_instant(account.created_at) +
                ", later than " + format_instant(then.moment.known_at)
        );
    }
    const auto events = store.accounts().events(then.known.number);
    const auto at = then.moment.known_at;
    then.status = status_then(events, std::min(at, then.moment.as_of), then.standing.status);
    then.known.account.name = value_then(events, "name", at, account.name);
    const auto limit = format_money(then.standing.thresholds.disconnection);
    const auto disconnection =
        parse_money(value_then(events, "disconnection_balance", at, limit), Sign::allowed, 6);
    if (!disconnection)
        throw Failure("store_damaged", "a balance of account " + account.id + " cannot be read");
    then.disconnection = *disconnection;
    then.periods = store.accounts().service(then.known.number);
    std::erase_if(then.periods, [at](const auto& period) { return period.known_at > at; });
    take_entries(store, then, events);
    return {};
}

}  // namespace

Instant holds_from(const ledger::Entry& entry) {
    return std::min(entry.at, entry.known_at);
}

AccountThen::Service AccountThen::service_on(LocalDay day) const {
    if (periods.empty())
        return {standing.meter, standing.profile};
    const auto* period = app::service_on(periods, day);
    if (period == nullptr)
        period = &periods.front();
    return {period->meter, period->profile};
}

std::optional<MeterLine> AccountThen::meters_on(LocalDay day) const {
    if (!periods.empty())
        return MeterLine::of(periods, std::max(day, periods.front().from));
    if (!standing.meter)
        return std::nullopt;
    return MeterLine(*standing.meter, standing.meter_id);
}

Result<AccountThen> account_then(
    Store& store, std::string_view account_id, const Moment& moment, const Prepay& prepay
) {
    auto known = store.accounts().find(account_id);
    if (!known)
        return tl::unexpected(unknown_account(account_id));
    AccountThen then;
    then.moment = moment;
    then.standing = store.accounts().standing(known->number);
    then.known = std::move(*known);
    then.zone = &zone_of(then.standing, prepay);
    then.cycle_day = then.standing.cycle_day;
    const auto moved = then.standing.moved_at;
    then.current = moved <= moment.known_at && moved <= moment.as_of;
    if (then.current) {
        take_standing(store, then);
        return then;
    }
    if (auto taken = take_history(store, then); !taken)
        return tl::unexpected(taken.error());
    return then;
}

}  // namespace usagectl::app
