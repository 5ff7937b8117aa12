// SPDX-License-Identifier: MIT
#include "app/reconcile.hpp"

#include <algorithm>

#include "app/account_change.hpp"
#include "app/legacy_csv.hpp"
#include "app/undo.hpp"
#include "input/input.hpp"

namespace usagectl::app {

namespace {

Error reject(std::string_view code, std::string message, std::string hint = {}) {
    return {Exit::rejected, std::string(code), std::move(message), std::move(hint)};
}

// What a line says of its account, for the lines that say nothing else.
std::string account_on(const legacy::Header& header, const CsvRecord& record) {
    const auto place = header.place("account");
    return place && *place < record.fields.size() ? record.fields[*place] : std::string();
}

// Accounts that more than one line names: none of their lines can be trusted.
Result<std::vector<std::string>> named_twice(const std::string& path) {
    std::vector<std::string> names;
    const auto read = read_legacy_file(
        path,
        legacy::bills_layout(),
        {[&](const auto& header, const auto& record) {
             names.push_back(account_on(header, record));
         },
         [](std::uint64_t, const Error&) {}}
    );
    if (!read)
        return tl::unexpected(read.error());
    std::sort(names.begin(), names.end());
    std::vector<std::string> twice;
    for (auto at = names.begin(); at != names.end();) {
        const auto end = std::upper_bound(at, names.end(), *at);
        if (end - at > 1)
            twice.push_back(*at);
        at = end;
    }
    return twice;
}

class Start {
public:
    Start(Store& store, const StartReconcile& request, const Prepay& prepay, Instant now)
        : store_(store)
        , request_(request)
        , prepay_(prepay) {
        run_.started_at = now;
        run_.id.cycle_end = request.cycle_end;
        run_.base_rate = request.given.base;
        run_.pca_rate = request.given.pca;
    }

    Result<ReconcileStarted> run(const Actor& actor);

private:
    Result<void> check_over() const;
    Result<bool> same_as_before();
    Result<void> read_bills();
    void take(const legacy::Header& header, const CsvRecord& record);
    void keep(ReconcileItem item, std::optional<Error> error);
    Result<void> compare(const reconcile::Bill& bill, ReconcileItem& item);

    Store& store_;
    const StartReconcile& request_;
    const Prepay& prepay_;
    ReconcileRun run_;
    std::vector<std::string> twice_;
};

Result<void> Start::check_over() const {
    const auto zone = Zone::find(prepay_.timezone);
    if (!zone)
        return tl::unexpected(zone.error());
    if (request_.cycle_end < (*zone)->day_of(run_.started_at))
        return {};
    return refuse(
        Exit::refused,
        "cycle_not_over",
        "the cycle that ends on " + format_day(request_.cycle_end) + " is not over",
        "a cycle is reconciled once its last day is charged"
    );
}

// True when there is a run for these bills; one for others is replaced, or in the way.
Result<bool> Start::same_as_before() {
    auto before = store_.reconcile().find({request_.cycle_end, 0});
    run_.id.version = before ? before->id.version + 1 : 1;
    if (!before || before->state == RunState::replaced)
        return false;
    const bool same = before->bills == run_.bills && before->base_rate == run_.base_rate &&
                      before->pca_rate == run_.pca_rate;
    if (same && (!request_.replace || before->state == RunState::accepted)) {
        run_ = *before;
        return true;
    }
    if (before->state == RunState::accepted) {
        return refuse(
            Exit::refused,
            "cycle_accepted",
            run_name(before->id) + " was accepted for other bills",
            "what was posted stays; a later cycle's bills can take it up"
        );
    }
    if (!request_.replace) {
        return refuse(
            Exit::refused,
            "cycle_started",
            "there is a reconciliation for other bills, " + run_name(before->id),
            "--replace puts this one in its place"
        );
    }
    before->state = RunState::replaced;
    store_.reconcile().save(*before);
    return false;
}

void Start::keep(ReconcileItem item, std::optional<Error> error) {
    ++run_.lines;
    if (error) {
        ++run_.rejected;
        item.code = error->code;
        item.message = error->message;
        item.figures = {};
        item.adjustment = {};
    } else {
        run_.actual = run_.actual + item.figures.actual.total();
        run_.estimated = run_.estimated + item.figures.estimated.total();
        run_.absolute =
            run_.absolute + (item.adjustment < Money() ? -item.adjustment : item.adjustment);
    }
    store_.reconcile().append(run_.id, item);
    if (request_.item)
        request_.item(item);
}

Result<void> Start::compare(const reconcile::Bill& bill, ReconcileItem& item) {
    if (std::binary_search(twice_.begin(), twice_.end(), bill.account)) {
        return tl::unexpected(reject("account_twice", "several lines name account " + bill.account)
        );
    }
    const auto known = store_.accounts().find(bill.account);
    if (!known)
        return tl::unexpected(unknown_account(bill.account));
    item.number = known->number;
    const auto standing = store_.accounts().standing(known->number);
    const auto meter = standing.meter ? store_.meters().find_number(*standing.meter) : std::nullopt;
    if (auto sound = reconcile::check_bill(bill, request_.cycle_end, meter ? meter->multiplier : 1);
        !sound)
        return sound;
    if (standing.status == account::Status::closed) {
        return tl::unexpected(reject(
            "account_closed", "the account is closed and settled", "settle its last bill by hand"
        ));
    }
    const DaySpan span{bill.first, bill.last};
    if (const auto before = store_.reconcile().posted(known->number, span)) {
        return tl::unexpected(reject(
            "cycle_overlaps", "days of the cycle were reconciled before, by " + run_name(*before)
        ));
    }
    if (!standing.charged_through || *standing.charged_through < bill.last) {
        return tl::unexpected(reject(
            "not_charged_yet",
            standing.charged_through
                ? "the account is charged up to " + format_day(*standing.charged_through)
                : "the account was never charged",
            "usagectl nightly charges what is left"
        ));
    }
    auto ledger = cycle_ledger(store_, known->number, span);
    if (ledger.wh() != bill.wh)
        add_readings(store_, known->number, zone_of(standing, prepay_), ledger);
    item.figures = reconcile::compare(bill, ledger.days);
    item.adjustment = item.figures.adjustment();
    item.payments = ledger.payments;
    return {};
}

void Start::take(const legacy::Header& header, const CsvRecord& record) {
    ReconcileItem item;
    item.line = static_cast<std::int64_t>(record.line);
    item.account = account_on(header, record);
    const auto bill = legacy::read_bill(header, record, request_.given);
    if (!bill) {
        keep(std::move(item), bill.error());
        return;
    }
    item.cycle_start = bill->first;
    const auto done = compare(*bill, item);
    keep(std::move(item), done ? std::nullopt : std::optional(done.error()));
}

Result<void> Start::read_bills() {
    auto twice = named_twice(request_.path);
    if (!twice)
        return tl::unexpected(twice.error());
    twice_ = std::move(*twice);
    const auto hash = read_legacy_file(
        request_.path,
        legacy::bills_layout(),
        {[this](const auto& header, const auto& record) { take(header, record); },
         [this](std::uint64_t line, const Error& error) {
             ReconcileItem item;
             item.line = static_cast<std::int64_t>(line);
             keep(std::move(item), error);
         }}
    );
    if (!hash)
        return tl::unexpected(hash.error());
    if (*hash != run_.bills)
        return tl::unexpected(reject("source_changed", request_.path + " changed while it was read")
        );
    return {};
}

Result<ReconcileStarted> Start::run(const Actor& actor) {
    if (auto over = check_over(); !over)
        return tl::unexpected(over.error());
    auto hash = input::hash_file(request_.path);
    if (!hash)
        return tl::unexpected(hash.error());
    store_.reconcile().lock();
    run_.bills = std::move(*hash);
    run_.started_by = actor.name;
    const auto now = run_.started_at;
    const auto same = same_as_before();
    if (!same)
        return tl::unexpected(same.error());
    if (*same) {
        store_.audit().append(
            actor.record(now, "reconciliation " + run_name(run_.id) + " was there already")
        );
        return ReconcileStarted{run_, true};
    }
    store_.reconcile().append(run_);
    if (auto read = read_bills(); !read)
        return tl::unexpected(read.error());
    store_.reconcile().save(run_);
    store_.audit().append(actor.record(
        now,
        "reconciliation " + run_name(run_.id) + " started: " + std::to_string(run_.lines) +
            " bills, " + std::to_string(run_.rejected) + " rejected, billed " +
            format_money(run_.actual) + ", charged " + format_money(run_.estimated)
    ));
    return ReconcileStarted{run_, false};
}

}  // namespace

Result<ReconcileStarted> start_reconcile(
    Store& store,
    const StartReconcile& request,
    const Prepay& prepay,
    const Actor& actor,
    const Clock& clock
) {
    return attempt<ReconcileStarted>(store, request.dry_run, [&] {
        auto started = Start(store, request, prepay, clock.now()).run(actor);
        if (started && request.started)
            request.started(started->run, started->unchanged);
        return started;
    });
}

}  // namespace usagectl::app
