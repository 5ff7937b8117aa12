// SPDX-License-Identifier: MIT
#include "app/account_close.hpp"

#include <algorithm>

#include "app/notices.hpp"
#include "app/undo.hpp"
#include "ledger/chart.hpp"

namespace usagectl::app {

namespace {

using std::chrono::days;

class Closing {
public:
    Closing(Store& store, AccountChange& change, const CloseAccount& request)
        : store_(store)
        , change_(change)
        , request_(request)
        , cause_("closed" + (request.reason.empty() ? "" : ": " + request.reason)) {}

    Result<AccountClosed> run() {
        done_.account = change_.known().account.id;
        if (auto possible = choose_day(); !possible)
            return tl::unexpected(possible.error());
        for (auto step : {&Closing::use_deposit, &Closing::settle}) {
            if (auto done = (this->*step)(); !done)
                return tl::unexpected(done.error());
        }
        call_off();
        release_meter();
        if (auto closed = change_.become(account::Status::closed, cause_); !closed)
            return tl::unexpected(closed.error());
        if (auto kept = change_.finish(); !kept)
            return tl::unexpected(kept.error());
        done_.orders = change_.orders();
        return std::move(done_);
    }

private:
    Result<void> choose_day();
    Result<void> use_deposit();
    Result<void> settle();
    void call_off();
    void release_meter();

    Store& store_;
    AccountChange& change_;
    const CloseAccount& request_;
    std::string cause_;
    AccountClosed done_;
};

Result<void> Closing::choose_day() {
    const auto& standing = change_.standing();
    const auto& id = change_.known().account.id;
    const bool served = account::in_service(standing.status);
    const auto refused = [](const char* code, std::string what, std::string cure) {
        return refuse(Exit::refused, code, std::move(what), std::move(cure));
    };
    if (standing.status == account::Status::closed) {
        return refused(
            "account_closed", "account " + id + " is closed already", "what is closed stays so"
        );
    }
    const auto today = change_.today();
    done_.on = request_.on.value_or(served ? today - days(1) : today);
    // An account that came into service today has no day before that could be its last.
    if (!request_.on && standing.charged_through)
        done_.on = std::max(done_.on, *standing.charged_through);
    if (done_.on > today) {
        return refused(
            "closes_later",
            format_day(done_.on) + " is still to come",
            "close the account once its last day is over"
        );
    }
    const auto& charged = standing.charged_through;
    if (charged && done_.on < *charged) {
        return refused(
            "charged_beyond",
            "account " + id + " is charged through " + format_day(*charged),
            "close it --on " + format_day(*charged) + " or later"
        );
    }
    if (served && (!charged || *charged < done_.on)) {
        return refused(
            "usage_not_charged",
            "account " + id + " is not charged through " + format_day(done_.on) +
                (charged ? ", only through " + format_day(*charged) : std::string()),
            "usagectl nightly --date " + format_day(done_.on) + " charges it"
        );
    }
    return {};
}

Result<void> Closing::use_deposit() {
    auto& account = change_.account();
    if (account.deposit <= Money())
        return {};
    done_.deposit = account.deposit;
    const auto used = change_.post(
        {ledger::Kind::deposit,
         change_.now(),
         cause_,
         {{store_.ledger().code(ledger::deposits), account.deposit}}}
    );
    if (!used)
        return tl::unexpected(used.error());
    account.deposit = Money();
    return {};
}

Result<void> Closing::settle() {
    auto& standing = change_.standing();
    const auto balance = standing.balance;
    std::vector<ledger::Posting> postings;
    if (balance > Money()) {
        done_.from_debt = std::min(balance, standing.debt);
        done_.refund = balance - done_.from_debt;
        if (done_.from_debt != Money())
            postings.push_back({store_.ledger().code(ledger::debt), -done_.from_debt});
        if (done_.refund != Money())
            postings.push_back({store_.ledger().code(ledger::refunds), -done_.refund});
        standing.debt = standing.debt - done_.from_debt;
    } else if (balance < Money()) {
        postings.push_back({store_.ledger().code(ledger::debt), -balance});
        standing.debt = standing.debt - balance;
    }
    done_.debt = standing.debt;
    if (postings.empty())
        return {};
    const auto settled =
        change_.post({ledger::Kind::settlement, change_.now(), cause_, std::move(postings)});
    if (!settled)
        return tl::unexpected(settled.error());
    return {};
}

void Closing::call_off() {
    for (const auto& open : store_.service().open_orders(change_.known().number))
        change_.cancel(open.kind, cause_);
    withdraw_notices(store_, change_.known().number, change_.today());
}

void Closing::release_meter() {
    auto& standing = change_.standing();
    const auto periods = store_.accounts().service(change_.known().number);
    const auto from = done_.on + days(1);
    const auto version = std::count_if(periods.begin(), periods.end(), [&](const auto& period) {
        return period.from == from;
    });
    store_.accounts().add_service(
        change_.known().number, {from, version, change_.now(), std::nullopt, standing.profile}
    );
    if (auto meter = standing.meter ? store_.meters().find_number(*standing.meter) : std::nullopt) {
        change_.note_event("meter", meter->id, "", cause_);
        meter->account.reset();
        store_.meters().save(*meter);
    }
    standing.meter.reset();
    standing.meter_id.clear();
    standing.changing = false;
}

}  // namespace

Result<AccountClosed> close_account(
    Store& store,
    const CloseAccount& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<AccountClosed>(store, request.dry_run, [&]() -> Result<AccountClosed> {
        const auto now = clock.now();
        auto change = AccountChange::begin(store, request.account, prepay, actor.name, now);
        if (!change)
            return tl::unexpected(change.error());
        auto done = Closing(store, *change, request).run();
        if (!done)
            return done;
        store.audit().append(actor.record(
            now,
            "account " + done->account + " closed on " + format_day(done->on) + ", refund " +
                format_money(done->refund) + ", debt " + format_money(done->debt)
        ));
        if (request.closed)
            request.closed(*done);
        return done;
    });
}

}  // namespace usagectl::app
