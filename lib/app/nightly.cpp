// SPDX-License-Identifier: MIT
#include "app/nightly.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "app/export_days.hpp"
#include "app/ladder_run.hpp"
#include "app/lock_order.hpp"
#include "app/orders.hpp"
#include "app/planned_changes.hpp"
#include "app/rerate.hpp"
#include "app/undo.hpp"
#include "base/words.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

constexpr Words<Step::legacy_export> names{
    "readings",
    "orders",
    "corrections",
    "cycle_dates",
    "daily_charges",
    "option_charges",
    "past_due",
    "suspend_orders",
    "taxes",
    "legacy_export",
};

constexpr std::size_t accounts_at_once = 256;

struct Interrupted {};

class Night {
public:
    Night(
        Store& store,
        const NightlyRequest& request,
        const Prepay& prepay,
        const RulePacks& packs,
        Instant now,
        LocalDay day
    );
    NightlyDone run();

private:
    [[nodiscard]] NightlyStep& record(Step step) {
        return records_.at(static_cast<std::size_t>(step));
    }
    // More of a step is done. Inside the transaction that does it, so that what is recorded is what
    // was kept, whenever the run is killed.
    void more(Step step, std::int64_t items, Money amount = {});
    void take(Step step);
    void work(Step step);
    void count_readings();
    void correct();
    void correct_touched();
    void correct_exchanged();
    void correct_accounts(LocalDay day, std::span<const ledger::AccountNumber> accounts);
    void begin_cycles();
    void charge();
    void climb_ladder();
    void export_charges();
    void ask_interrupted() const {
        if (request_.interrupted && request_.interrupted())
            throw Interrupted{};
    }

    Store& store_;
    const NightlyRequest& request_;
    const Prepay& prepay_;
    const RulePacks& packs_;
    Instant now_;
    Transact transact_;
    std::array<NightlyStep, step_count> records_;
    std::array<std::string, step_count> details_;
    std::array<std::optional<Error>, step_count> errors_;
    std::int64_t sources_ = 0;
    bool climbed_ = false;
    LocalDay charging_{};
    std::int64_t settled_ = 0;  // days that would be corrected, had no bill settled them
    ExportDays export_;
    NightlyDone done_;
};

Night::Night(
    Store& store,
    const NightlyRequest& request,
    const Prepay& prepay,
    const RulePacks& packs,
    Instant now,
    LocalDay day
)
    : store_(store)
    , request_(request)
    , prepay_(prepay)
    , packs_(packs)
    , now_(now)
    , export_(store, request, now) {
    done_.day = day;
    transact_ = request.dry_run ? Transact([](const auto& work) { work(); })
                                : Transact([&store](const auto& work) { store.write(work); });
    for (int place = 0; place < step_count; ++place) {
        auto& record = records_.at(static_cast<std::size_t>(place));
        record.day = day;
        record.place = place;
        record.name = names.word(static_cast<Step>(place));
        record.started_at = now;
    }
    for (const auto& known : store.nightly().steps(day))
        records_.at(static_cast<std::size_t>(known.place)) = known;
}

NightlyDone Night::run() {
    try {
        for (int place = 0; place < step_count; ++place)
            take(static_cast<Step>(place));
    } catch (const Interrupted&) {
        done_.steps.back().status = "interrupted";
    }
    return std::move(done_);
}

void Night::more(Step step, std::int64_t items, Money amount) {
    auto part = record(step);
    part.items = items;
    part.amount = amount;
    store_.nightly().add(part);
}

void Night::take(Step step) {
    auto& result = done_.steps.emplace_back();
    result.step = step;
    if (request_.from && step < *request_.from) {
        result.status = "left_out";
        return;
    }
    ask_interrupted();
    if (request_.begin_step)
        request_.begin_step(to_string(step), done_.day);
    const auto before = record(step);
    work(step);
    const auto& error = errors_.at(static_cast<std::size_t>(step));
    transact_([&] {
        more(step, 0);
        auto finished = before;
        finished.sources = step == Step::corrections ? sources_ : 0;
        finished.finished_at = now_;
        if (!error)
            store_.nightly().finish(finished);
        for (const auto& known : store_.nightly().steps(done_.day))
            records_.at(static_cast<std::size_t>(known.place)) = known;
    });
    const auto& kept = record(step);
    result.status = before.state == "done" && kept.items == before.items ? "already" : "done";
    result.items = kept.items;
    result.amount = kept.amount;
    result.detail = details_.at(static_cast<std::size_t>(step));
    result.error = error;
    if (error)
        result.status = "failed";
}

void Night::work(Step step) {
    switch (step) {
    case Step::readings:
        count_readings();
        break;
    case Step::orders:
        transact_([&] { more(step, process_orders(store_, prepay_, request_.actor, now_)); });
        break;
    case Step::corrections:
        correct();
        break;
    case Step::cycle_dates:
        begin_cycles();
        break;
    case Step::daily_charges:
        charge();
        break;
    case Step::past_due:
    case Step::suspend_orders:
        climb_ladder();
        break;
    case Step::option_charges:
    case Step::taxes:
        // Charged with the day, as lines of the same entry.
        break;
    case Step::legacy_export:
        export_charges();
        break;
    }
}

// Once a night: how many meters were in service is a fact of its beginning. What is missing may
// have come by the time a night is repeated.
void Night::count_readings() {
    if (request_.request_readings && !request_.dry_run) {
        constexpr auto place = static_cast<std::size_t>(Step::readings);
        if (const auto asked = request_.request_readings(done_.day))
            details_.at(place) = "meters without whole readings: " + std::to_string(*asked);
        else
            errors_.at(place) = asked.error();
    }
    const auto& kept = record(Step::readings);
    if (!kept.state.empty())
        return;
    transact_([&] {
        more(
            Step::readings,
            store_.nightly().count_status(account::Status::active) +
                store_.nightly().count_status(account::Status::past_due)
        );
    });
}

void Night::correct() {
    correct_touched();
    correct_exchanged();
    if (settled_ != 0) {
        details_.at(static_cast<std::size_t>(Step::corrections)) =
            std::to_string(settled_) + " days left as a bill has settled them";
    }
}

// An exchange may be confirmed when the day of it, and some behind it, have been charged by what
// the old meter had, and readings of the new one may be there already.
void Night::correct_exchanged() {
    const auto since = store_.nightly().last_run(static_cast<int>(Step::corrections));
    for (const auto& order : store_.service().exchanges_since(since.value_or(Instant{}))) {
        const auto standing = store_.accounts().standing(order.id.account);
        const auto& zone = zone_of(standing, prepay_);
        const auto first = zone.day_of(order.done_at.value_or(*order.decided_at));
        for (auto day = first; standing.charged_through && day <= *standing.charged_through;
             day += days(1)) {
            ask_interrupted();
            transact_([&] { correct_accounts(day, std::span(&order.id.account, 1)); });
        }
    }
}

void Night::correct_touched() {
    auto& nightly = store_.nightly();
    const auto seen = nightly.sources_seen();
    const auto span = nightly.days_touched(seen, sources_);
    if (!span)
        return;
    for (auto day = span->first; day <= std::min(span->last, done_.day); day += days(1)) {
        if (!nightly.charged_through(day))
            break;
        const auto accounts = nightly.touched_accounts(day, seen, sources_);
        for (std::size_t at = 0; at < accounts.size(); at += accounts_at_once) {
            ask_interrupted();
            const auto count = std::min(accounts_at_once, accounts.size() - at);
            transact_([&] { correct_accounts(day, std::span(accounts).subspan(at, count)); });
        }
    }
}

void Night::correct_accounts(LocalDay day, std::span<const ledger::AccountNumber> accounts) {
    RateBook book(store_);
    std::int64_t corrected = 0;
    Money amount;
    for (const auto& id : in_lock_order(store_, accounts)) {
        auto change = AccountChange::begin(store_, id, prepay_, request_.actor, now_);
        if (!change)
            throw Failure(change.error());
        const auto rerated = rerate(store_, *change, book, day);
        if (const auto finished = change->finish(); !finished)
            throw Failure(finished.error());
        if (rerated.ended)
            done_.problems.push_back({change->known().number, *rerated.ended});
        corrected += rerated.days;
        settled_ += rerated.settled ? 1 : 0;
        amount = amount + rerated.amount;
        for (const auto changed : rerated.to_export)
            export_.again(changed);
    }
    more(Step::corrections, corrected, amount);
}

void Night::begin_cycles() {
    const std::chrono::year_month_day date(done_.day);
    const auto cycle_day = static_cast<unsigned>(date.day());
    transact_([&] {
        more(
            Step::cycle_dates,
            store_.nightly().begin_cycles(done_.day, static_cast<std::int64_t>(cycle_day))
        );
    });
    for (auto& problem : take_over_planned(
             store_, prepay_, {request_.actor, now_, transact_, [this] { ask_interrupted(); }}
         ))
        done_.problems.push_back(std::move(problem));
}

void Night::charge() {
    ChargeRun run(
        store_,
        prepay_,
        {
            .now = now_,
            .transact = transact_,
            .within =
                [this](const ChargeTally& part) {
                    more(Step::daily_charges, part.charged, part.amount);
                    more(Step::option_charges, part.with_options, part.options);
                    more(Step::taxes, part.with_taxes, part.taxes);
                    if (part.charged != 0 && charging_ < done_.day)
                        export_.again(charging_);
                },
            .progress = request_.progress,
        }
    );
    auto from = local_day(0);
    while (const auto through = store_.nightly().charged_through(from)) {
        const auto day = *through + days(1);
        if (day > done_.day)
            break;
        ask_interrupted();
        ChargeTally tally;
        charging_ = day;
        run.day(day, tally);
        done_.charges.add(tally);
        if (tally.charged != 0 && day < done_.day)
            done_.caught_up.push_back(day);
        from = day;
    }
    const auto& all = done_.charges;
    done_.problems.insert(done_.problems.end(), all.problems.begin(), all.problems.end());
    details_.at(static_cast<std::size_t>(Step::daily_charges)) =
        std::to_string(all.charged) + " by this run, " + std::to_string(all.estimated) +
        " with estimates";
}

void Night::climb_ladder() {
    if (climbed_)
        return;
    climbed_ = true;
    LadderTally tally;
    const auto within = [this](const LadderTally& part) {
        more(Step::past_due, part.past_due);
        more(Step::suspend_orders, part.orders);
    };
    run_ladder(store_, prepay_, packs_, {request_.actor, now_, transact_, within}, tally);
    details_.at(static_cast<std::size_t>(Step::suspend_orders)) =
        std::to_string(tally.notices) + " notices, " + std::to_string(tally.held) +
        " orders held back by rules";
}

void Night::export_charges() {
    const auto earlier = export_.tell(done_.day, transact_, [this] { ask_interrupted(); });
    constexpr auto place = static_cast<std::size_t>(Step::legacy_export);
    if (!earlier)
        errors_.at(place) = earlier.error();
    else if (*earlier != 0)
        details_.at(place) = std::to_string(*earlier) + " earlier days told as well";
}

}  // namespace

std::string_view to_string(Step step) {
    return names.word(step);
}

std::optional<Step> parse_step(std::string_view word) {
    return names.parse(word);
}

Result<NightlyDone> run_nightly(
    Store& store,
    const NightlyRequest& request,
    const Prepay& prepay,
    const RulePacks& packs,
    const Actor& actor,
    const Clock& clock
) {
    const auto now = clock.now();
    const auto zone = Zone::find(prepay.timezone);
    if (!zone)
        return tl::unexpected(zone.error());
    const auto today = (*zone)->day_of(now);
    const auto day = request.day.value_or(today - days(1));
    if (day >= today) {
        return refuse(
            Exit::refused,
            "day_not_over",
            format_day(day) + " is not over in " + prepay.timezone,
            "a day is charged when it has ended"
        );
    }
    Night night(store, request, prepay, packs, now, day);
    if (!request.dry_run) {
        auto done = night.run();
        store.write([&] {
            store.audit().append(actor.record(
                now,
                "night of " + format_day(day) + ": " + std::to_string(done.charges.charged) +
                    " charged, " + format_money(done.charges.amount)
            ));
        });
        return done;
    }
    return attempt<NightlyDone>(store, true, [&]() -> Result<NightlyDone> { return night.run(); });
}

}  // namespace usagectl::app
