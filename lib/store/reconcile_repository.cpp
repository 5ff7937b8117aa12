// SPDX-License-Identifier: MIT
#include "store/reconcile_repository.hpp"

#include "store/account_rows.hpp"
#include "store/account_slot.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::string_view run_columns =
    "cycle_end, version, state, bills, base_rate, pca_rate, lines, rejected, actual, estimated,"
    " absolute, started_at, started_by, accepted_at, accepted_by, second_at, second_by,"
    " finished_at";

constexpr std::string_view item_columns =
    "line, account, number, code, message, cycle_start, actual_wh, charged_wh, actual, estimated,"
    " adjustment, explanation, payments, entry, posted_at";

std::int64_t number_of(LocalDay day) {
    return day_number(day);
}

std::optional<Rate> optional_rate(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(Rate::from_nano(row.integer(column)));
}

Value nullable_rate(const std::optional<Rate>& rate) {
    return rate ? Value(rate->nano()) : Value();
}

// A name goes with an instant: neither or both.
Value signed_by(const std::optional<Instant>& at, const std::string& name) {
    return at ? Value(std::string_view(name)) : Value();
}

app::ReconcileRun read_run(const Row& row) {
    app::ReconcileRun run;
    run.id = {day_in(row, 0), row.integer(1)};
    const auto state = reconcile::parse_run_state(row.text(2));
    if (!state)
        throw_word_unknown("state of a reconciliation", row.text(2));
    run.state = *state;
    run.bills = row.text(3);
    run.base_rate = optional_rate(row, 4);
    run.pca_rate = optional_rate(row, 5);
    run.lines = row.integer(6);
    run.rejected = row.integer(7);
    run.actual = money_in(row, 8);
    run.estimated = money_in(row, 9);
    run.absolute = money_in(row, 10);
    run.started_at = instant(row.integer(11));
    run.started_by = row.text(12);
    run.accepted_at = optional_instant(row, 13);
    run.accepted_by = row.text(14);
    run.second_at = optional_instant(row, 15);
    run.second_by = row.text(16);
    run.finished_at = optional_instant(row, 17);
    return run;
}

app::ReconcileItem read_item(const Row& row) {
    app::ReconcileItem item;
    item.line = row.integer(0);
    item.account = row.text(1);
    item.number = optional_integer(row, 2);
    item.code = row.text(3);
    item.message = row.text(4);
    item.cycle_start = day_in(row, 5);
    const auto actual = reconcile::read_figures(row.text(8));
    const auto estimated = reconcile::read_figures(row.text(9));
    auto explained = reconcile::read_explained(row.text(11));
    if (!actual || !estimated || !explained)
        throw_word_unknown("figure of a reconciliation", row.text(8));
    item.figures = {*actual, *estimated, row.integer(6), row.integer(7), std::move(*explained)};
    item.adjustment = money_in(row, 10);
    item.payments = money_in(row, 12);
    if (!row.is_null(13))
        item.entry = AccountSlot(row.integer(13)).id();
    item.posted_at = optional_instant(row, 14);
    return item;
}

}  // namespace

std::optional<app::ReconcileRun> ReconcileRepository::find(const app::RunId& id) {
    std::optional<app::ReconcileRun> found;
    each_row(
        session_,
        "select " + std::string(run_columns) +
            " from reconcile_run where cycle_end = $1 and (version = $2 or $2 = 0)"
            " order by version desc limit 1",
        {number_of(id.cycle_end), id.version},
        [&](const Row& row) { found = read_run(row); }
    );
    return found;
}

void ReconcileRepository::each(const std::function<bool(const app::ReconcileRun&)>& visit) {
    session_.query(
        "select " + std::string(run_columns) +
            " from reconcile_run order by cycle_end desc, version desc",
        {},
        [&](const Row& row) { return visit(read_run(row)); }
    );
}

void ReconcileRepository::lock() {
    lock_until_end(session_, Lock::reconcile);
}

void ReconcileRepository::append(const app::ReconcileRun& run) {
    const std::string by = sound_text(run.started_by);
    store::run(
        session_,
        "insert into reconcile_run (cycle_end, version, state, bills, base_rate, pca_rate, lines,"
        " rejected, actual, estimated, absolute, started_at, started_by)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        {number_of(run.id.cycle_end),
         run.id.version,
         reconcile::to_string(run.state),
         run.bills,
         nullable_rate(run.base_rate),
         nullable_rate(run.pca_rate),
         run.lines,
         run.rejected,
         run.actual.micro(),
         run.estimated.micro(),
         run.absolute.micro(),
         unix_seconds(run.started_at),
         by}
    );
}

void ReconcileRepository::save(const app::ReconcileRun& run) {
    const std::string accepted_by = sound_text(run.accepted_by);
    const std::string second_by = sound_text(run.second_by);
    store::run(
        session_,
        "update reconcile_run set state = $3, lines = $4, rejected = $5, actual = $6,"
        " estimated = $7, absolute = $8, accepted_at = $9, accepted_by = $10, second_at = $11,"
        " second_by = $12, finished_at = $13 where cycle_end = $1 and version = $2",
        {number_of(run.id.cycle_end),
         run.id.version,
         reconcile::to_string(run.state),
         run.lines,
         run.rejected,
         run.actual.micro(),
         run.estimated.micro(),
         run.absolute.micro(),
         nullable(run.accepted_at),
         signed_by(run.accepted_at, accepted_by),
         nullable(run.second_at),
         signed_by(run.second_at, second_by),
         nullable(run.finished_at)}
    );
}

void ReconcileRepository::append(const app::RunId& run, const app::ReconcileItem& item) {
    const std::string account = sound_text(item.account);
    const std::string message = sound_text(item.message);
    const auto actual = reconcile::write_figures(item.figures.actual);
    const auto estimated = reconcile::write_figures(item.figures.estimated);
    const auto explained = reconcile::write_explained(item.figures.explained);
    store::run(
        session_,
        "insert into reconcile_item (cycle_end, version, line, account, number, code, message,"
        " cycle_start, actual_wh, charged_wh, actual, estimated, adjustment, explanation, payments)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        {number_of(run.cycle_end),
         run.version,
         item.line,
         account,
         nullable(item.number),
         item.code,
         message,
         number_of(item.cycle_start),
         item.figures.actual_wh,
         item.figures.charged_wh,
         actual,
         estimated,
         item.adjustment.micro(),
         explained,
         item.payments.micro()}
    );
}

std::vector<app::ReconcileItem>
ReconcileRepository::items(const app::RunId& run, std::int64_t after, std::size_t limit) {
    std::vector<app::ReconcileItem> found;
    each_row(
        session_,
        "select " + std::string(item_columns) +
            " from reconcile_item where cycle_end = $1 and version = $2 and line > $3"
            " order by line limit $4",
        {number_of(run.cycle_end), run.version, after, static_cast<std::int64_t>(limit)},
        [&](const Row& row) { found.push_back(read_item(row)); }
    );
    return found;
}

bool ReconcileRepository::has_account(const app::RunId& run, std::string_view account) {
    const std::string wanted = sound_text(account);
    return find_integer(
               session_,
               "select line from reconcile_item where cycle_end = $1 and version = $2"
               " and account = $3 limit 1",
               {number_of(run.cycle_end), run.version, std::string_view(wanted)}
    )
        .has_value();
}

void ReconcileRepository::mark_posted(const app::RunId& run, const app::ReconcileItem& item) {
    store::run(
        session_,
        "update reconcile_item set entry = $4, posted_at = $5"
        " where cycle_end = $1 and version = $2 and line = $3",
        {number_of(run.cycle_end),
         run.version,
         item.line,
         item.entry ? Value(AccountSlot(*item.entry).packed()) : Value(),
         nullable(item.posted_at)}
    );
}

std::optional<app::RunId>
ReconcileRepository::posted(ledger::AccountNumber account, const app::DaySpan& days) {
    std::optional<app::RunId> found;
    each_row(
        session_,
        "select cycle_end, version from reconcile_item where number = $1 and cycle_end >= $2"
        " and cycle_start <= $3 and posted_at is not null order by cycle_end limit 1",
        {account, number_of(days.first), number_of(days.last)},
        [&](const Row& row) {
            found = app::RunId{day_in(row, 0), row.integer(1)};
        }
    );
    return found;
}

}  // namespace usagectl::store
