// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>

#include "app/account_change.hpp"
#include "app/reconcile.hpp"
#include "app/undo.hpp"
#include "reconcile/settle.hpp"

namespace usagectl::app {

namespace {

constexpr std::size_t page_items = 1024;

Error moved(const ReconcileItem& item) {
    return {
        Exit::refused,
        "ledger_moved",
        "the ledger of account " + item.account + " is not what it was when it was compared",
        "usagectl reconcile start --replace compares it anew"};
}

bool open(const ReconcileItem& item) {
    return item.code.empty() && !item.posted_at;
}

// The days of the cycle hold what was compared.
bool as_compared(Store& store, const ReconcileItem& item, LocalDay cycle_end) {
    const auto ledger = cycle_ledger(store, *item.number, {item.cycle_start, cycle_end});
    return ledger.total() == item.figures.estimated && ledger.wh() == item.figures.charged_wh;
}

class Accept {
public:
    Accept(
        Store& store,
        const AcceptReconcile& request,
        const Prepay& prepay,
        const Actor& actor,
        Instant now
    )
        : store_(store)
        , request_(request)
        , prepay_(prepay)
        , actor_(actor)
        , now_(now) {}

    // Each part is a transaction of the caller's.
    Result<bool> sign();  // true: there is something to post
    bool post_some();     // false: there is nothing left
    void end();

    [[nodiscard]] ReconcileAccepted& made() { return made_; }

private:
    Result<void> check_ledger() const;
    Result<bool> sign_open(ReconcileRun& run);
    std::optional<Error> post(const ReconcileItem& item);
    void follow(AccountChange& change, Money adjustment, const std::string& cause) const;
    void note(const std::string& what) {
        store_.audit().append(
            actor_.record(now_, "reconciliation " + run_name(made_.run.id) + " " + what)
        );
    }

    Store& store_;
    const AcceptReconcile& request_;
    const Prepay& prepay_;
    const Actor& actor_;
    Instant now_;
    ReconcileAccepted made_;
    std::int64_t after_line_ = 0;
};

Result<void> Accept::check_ledger() const {
    const auto& id = made_.run.id;
    std::int64_t after = 0;
    while (true) {
        const auto page = store_.reconcile().items(id, after, page_items);
        for (const auto& item : page) {
            if (open(item) && !as_compared(store_, item, id.cycle_end))
                return tl::unexpected(moved(item));
        }
        if (page.size() < page_items)
            return {};
        after = page.back().line;
    }
}

// A run that waits for a person, the first or the second.
Result<bool> Accept::sign_open(ReconcileRun& run) {
    const bool second = run.state == RunState::awaiting_second;
    if (second && run.accepted_by == actor_.name) {
        return refuse(
            Exit::refused,
            "second_person_needed",
            "adjustments of " + format_money(run.absolute) + " need a second person, and " +
                actor_.name + " was the first",
            "somebody else runs usagectl reconcile accept " + run_name(run.id)
        );
    }
    if (auto same = check_ledger(); !same)
        return tl::unexpected(same.error());
    if (second) {
        run.second_at = now_;
        run.second_by = actor_.name;
    } else {
        run.accepted_at = now_;
        run.accepted_by = actor_.name;
    }
    const bool needs_second =
        request_.second_person_above && run.absolute > *request_.second_person_above;
    run.state = needs_second && !second ? RunState::awaiting_second : RunState::accepting;
    store_.reconcile().save(run);
    note(
        run.state == RunState::accepting ? "accepted, adjustments of " + format_money(run.absolute)
                                         : "accepted by the first of two"
    );
    if (run.state == RunState::awaiting_second && request_.accepted)
        request_.accepted(made_);
    return run.state == RunState::accepting;
}

Result<bool> Accept::sign() {
    store_.reconcile().lock();
    auto run = find_run(store_, request_.id);
    if (!run)
        return tl::unexpected(run.error());
    made_.run = std::move(*run);
    switch (made_.run.state) {
    case RunState::replaced:
        return refuse(
            Exit::refused,
            "run_replaced",
            "another reconciliation has taken the place of " + run_name(made_.run.id),
            "usagectl reconcile list --cycle-end " + format_day(made_.run.id.cycle_end)
        );
    case RunState::accepted:
        made_.unchanged = true;
        note("was accepted already");
        if (request_.accepted)
            request_.accepted(made_);
        return false;
    case RunState::accepting:
        return true;
    case RunState::started:
    case RunState::awaiting_second:
        break;
    }
    return sign_open(made_.run);
}

void Accept::follow(AccountChange& change, Money adjustment, const std::string& cause) const {
    if (adjustment == Money())
        return;
    // A balance that falls does not cut the power: that is the nightly process's to decide.
    const auto then = adjustment < Money() ? account::after_payment(change.after_balance())
                                           : account::after_reversal(change.after_balance());
    if (auto done = change.follow(then, cause); !done)
        throw Failure(done.error());
}

std::optional<Error> Accept::post(const ReconcileItem& item) {
    const auto& run = made_.run.id;
    auto change = AccountChange::begin(store_, item.account, prepay_, actor_.name, now_);
    if (!change)
        return change.error();
    if (!as_compared(store_, item, run.cycle_end))
        return moved(item);
    if (change->standing().status == account::Status::closed)
        return Error{Exit::refused, "account_closed", "account " + item.account + " is closed"};
    auto posted = item;
    posted.posted_at = change->now();
    const auto sides = reconcile::settle(item.figures.actual, item.figures.estimated);
    if (sides.empty()) {
        ++made_.settled;
        store_.reconcile().mark_posted(run, posted);
        return std::nullopt;
    }
    std::vector<ledger::Posting> postings;
    for (const auto& side : sides)
        postings.push_back({store_.ledger().code(side.code), side.amount});
    const auto cause = "true-up " + run_name(run);
    const auto entry =
        change->post({ledger::Kind::adjustment, change->now(), cause, std::move(postings)});
    if (!entry)
        return entry.error();
    follow(*change, item.adjustment, cause);
    if (auto done = change->finish(); !done)
        throw Failure(done.error());
    posted.entry = *entry;
    store_.reconcile().mark_posted(run, posted);
    ++made_.posted;
    made_.amount = made_.amount + item.adjustment;
    return std::nullopt;
}

bool Accept::post_some() {
    // Whoever else accepts the same run waits here, and finds the items posted.
    store_.reconcile().lock();
    auto items = store_.reconcile().items(made_.run.id, after_line_, request_.at_once);
    if (items.empty())
        return false;
    after_line_ = items.back().line;
    // In the order in which all lock accounts (app/lock_order.hpp), not that of the bills.
    std::sort(items.begin(), items.end(), [](const auto& left, const auto& right) {
        return left.account < right.account;
    });
    for (const auto& item : items) {
        if (!open(item))
            continue;
        if (auto error = post(item))
            made_.problems.push_back({item.account, std::move(*error)});
    }
    if (request_.progress)
        request_.progress(static_cast<std::int64_t>(items.size()));
    return true;
}

void Accept::end() {
    store_.reconcile().lock();
    auto run = *store_.reconcile().find(made_.run.id);
    if (made_.problems.empty() && run.state == RunState::accepting) {
        run.state = RunState::accepted;
        run.finished_at = now_;
        store_.reconcile().save(run);
    }
    made_.run = run;
    note(
        "posted " + std::to_string(made_.posted) + " entries of " + format_money(made_.amount) +
        ", " + std::to_string(made_.problems.size()) + " accounts left"
    );
    if (request_.accepted)
        request_.accepted(made_);
}

using Transact = std::function<void(const std::function<void()>& work)>;

Result<bool> run(Accept& accept, const Transact& transact) {
    Result<bool> more;
    transact([&] { more = accept.sign(); });
    if (!more || !*more)
        return more;
    bool left = true;
    while (left)
        transact([&] { left = accept.post_some(); });
    transact([&] { accept.end(); });
    return true;
}

}  // namespace

Result<ReconcileAccepted> accept_reconcile(
    Store& store,
    const AcceptReconcile& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    Accept accept(store, request, prepay, actor, clock.now());
    Result<bool> done;
    if (request.dry_run) {
        done = attempt<bool>(store, true, [&] {
            return run(accept, [](const std::function<void()>& work) { work(); });
        });
    } else {
        done = run(accept, [&](const std::function<void()>& work) { store.write(work); });
    }
    if (!done)
        return tl::unexpected(done.error());
    return std::move(accept.made());
}

}  // namespace usagectl::app
