// SPDX-License-Identifier: MIT
#include "store/service_repository.hpp"

#include <algorithm>

#include "store/account_days.hpp"
#include "store/account_rows.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::int64_t page_rows = 1024;

constexpr std::string_view order_columns =
    "t.slot, t.kind, t.state, t.reason, t.created_at, t.due_at, t.exported_at, t.done_at,"
    " t.decided_at, t.outcome, t.held_by, t.new_meter, t.note, t.amount, t.payment";

app::ServiceOrder read_order(const Row& row) {
    app::ServiceOrder order;
    order.id = AccountSlot(row.integer(0)).id();
    const auto kind = account::parse_order_kind(row.text(1));
    const auto state = account::parse_order_state(row.text(2));
    if (!kind || !state)
        throw_word_unknown("kind or state of an order", kind ? row.text(2) : row.text(1));
    order.kind = *kind;
    order.state = *state;
    order.reason = row.text(3);
    order.created_at = instant(row.integer(4));
    order.due_at = optional_instant(row, 5);
    order.exported_at = optional_instant(row, 6);
    order.done_at = optional_instant(row, 7);
    order.decided_at = optional_instant(row, 8);
    order.outcome = row.text(9);
    order.held_by = row.text(10);
    order.new_meter = optional_text(row, 11);
    order.note = row.text(12);
    order.amount = optional_money(row, 13);
    if (!row.is_null(14))
        order.payment = AccountSlot(row.integer(14)).id();
    return order;
}

// The next free slot of an account's day in a table, at or behind a place.
std::int64_t
next_slot(Session& session, std::string_view table, const ledger::EntryId& id, int from) {
    const auto first = AccountSlot::first_of(id.account, id.day);
    const auto last = find_integer(
        session,
        "select max(slot) from " + std::string(table) + " where slot >= $1 and slot < $2",
        {first, first + AccountSlot::one_account}
    );
    const auto lowest = first + from;
    return last ? std::max(*last + 1, lowest) : lowest;
}

std::string select_orders(std::string_view rest) {
    return "select " + std::string(order_columns) + " from service_order t " + std::string(rest);
}

}  // namespace

std::optional<app::ServiceOrder> ServiceRepository::open_order(app::ServiceOrder order) {
    const auto slot = next_slot(session_, "service_order", order.id, 1);
    order.id = AccountSlot(slot).id();
    const std::string reason = sound_text(order.reason);
    const std::string note = sound_text(order.note);
    std::optional<std::int64_t> payment;
    if (order.payment)
        payment = AccountSlot(*order.payment).packed();
    const auto made =
        run(session_,
            "insert into service_order (slot, account, kind, state, reason, created_at, due_at,"
            " outcome, held_by, new_meter, note, amount, payment)"
            " values ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $10, $11, $12)"
            " on conflict do nothing",
            {slot,
             order.id.account,
             account::to_string(order.kind),
             account::to_string(order.state),
             reason,
             unix_seconds(order.created_at),
             nullable(order.due_at),
             order.held_by,
             nullable(order.new_meter),
             note,
             nullable(order.amount),
             nullable(payment)});
    if (made == 0)
        return std::nullopt;
    return order;
}

std::optional<app::ServiceOrder> ServiceRepository::order(const ledger::EntryId& id) {
    std::optional<app::ServiceOrder> found;
    static const std::string sql = select_orders("where t.slot = $1");
    each_row(session_, sql, {AccountSlot(id).packed()}, [&](const Row& row) {
        found = read_order(row);
    });
    return found;
}

std::vector<app::ServiceOrder> ServiceRepository::open_orders(ledger::AccountNumber account) {
    std::vector<app::ServiceOrder> found;
    // Every kind is behind '': said so that the engine takes the index of open orders, and does not
    // look at all that the account ever had.
    static const std::string sql =
        select_orders("where t.account = $1 and t.kind > '' and t.decided_at is null");
    each_row(session_, sql, {account}, [&](const Row& row) { found.push_back(read_order(row)); });
    // There are none or a few: cheaper to order here than to have the engine set up a sort each
    // time.
    std::sort(found.begin(), found.end(), [](const auto& left, const auto& right) {
        return AccountSlot(left.id).packed() < AccountSlot(right.id).packed();
    });
    return found;
}

void ServiceRepository::save(const app::ServiceOrder& order) {
    const std::string outcome = sound_text(order.outcome);
    run(session_,
        "update service_order set state = $2, due_at = $3, exported_at = $4, done_at = $5,"
        " decided_at = $6, outcome = $7, held_by = $8 where slot = $1",
        {AccountSlot(order.id).packed(),
         account::to_string(order.state),
         nullable(order.due_at),
         nullable(order.exported_at),
         nullable(order.done_at),
         nullable(order.decided_at),
         outcome,
         order.held_by});
}

void ServiceRepository::orders(
    const OrderFilter& filter, const std::function<bool(const app::ServiceOrder&)>& visit
) {
    const bool open = filter.open || (filter.state && account::open(*filter.state));
    if (filter.account && open) {
        for (const auto& order : open_orders(*filter.account)) {
            const bool other = (filter.kind && order.kind != *filter.kind) ||
                               (filter.state && order.state != *filter.state) ||
                               (filter.days && (order.id.day < filter.days->first ||
                                                order.id.day > filter.days->last));
            if (!other && !visit(order))
                return;
        }
        return;
    }
    // The open ones have an index of their own by slot, which the engine takes where the statement
    // says `decided_at is null` in so many words; an account has its own by account and slot; the
    // rest is a range of days.
    std::string where = "where t.slot >= $1 and t.slot < $2";
    if (filter.account)
        where += " and t.account = " + std::to_string(*filter.account);
    if (filter.kind)
        where += " and t.kind = '" + std::string(account::to_string(*filter.kind)) + "'";
    if (filter.state)
        where += " and t.state = '" + std::string(account::to_string(*filter.state)) + "'";
    if (open)
        where += " and t.decided_at is null";
    const auto sql = select_orders(where + " order by t.slot limit $3");
    std::int64_t next = filter.days ? AccountSlot::first_of(filter.days->first) : 0;
    const std::int64_t end = filter.days
                                 ? AccountSlot::first_of(filter.days->last) + AccountSlot::one_day
                                 : std::numeric_limits<std::int64_t>::max();
    while (true) {
        std::vector<app::ServiceOrder> page;
        each_row(session_, sql, {next, end, page_rows}, [&](const Row& row) {
            page.push_back(read_order(row));
        });
        for (const auto& order : page) {
            if (!visit(order))
                return;
        }
        if (static_cast<std::int64_t>(page.size()) < page_rows)
            return;
        next = AccountSlot(page.back().id).packed() + 1;
    }
}

std::vector<app::ServiceOrder> ServiceRepository::exchanges_since(Instant decided_at) {
    std::vector<app::ServiceOrder> found;
    // In the words of the index that holds nothing else.
    static const std::string sql = select_orders(
        "where t.decided_at >= $1 and t.kind = 'change' and t.state = 'completed' order by t.slot"
    );
    each_row(session_, sql, {unix_seconds(decided_at)}, [&](const Row& row) {
        found.push_back(read_order(row));
    });
    return found;
}

bool ServiceRepository::add_notice(app::Notice notice) {
    const bool free = notice.id.place == app::first_free_notice;
    const auto slot = free ? next_slot(session_, "notice", notice.id, app::first_free_notice)
                           : AccountSlot(notice.id).packed();
    const std::string figures = sound_text(notice.figures);
    return run(session_,
               "insert into notice (slot, type, state, created_at, due_from, due_to, figures)"
               " values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing",
               {slot,
                account::to_string(notice.type),
                notice.state,
                unix_seconds(notice.created_at),
                unix_seconds(notice.due_from),
                unix_seconds(notice.due_to),
                figures}) == 1;
}

void ServiceRepository::cancel_notice(const ledger::EntryId& id) {
    run(session_,
        "update notice set state = 'cancelled' where slot = $1 and state = 'waiting'",
        {AccountSlot(id).packed()});
}

std::vector<app::Notice>
ServiceRepository::notices(ledger::AccountNumber account, const app::DaySpan& days) {
    std::vector<app::Notice> found;
    static const std::string sql = select_days(
        "t.slot, t.type, t.state, t.created_at, t.due_from, t.due_to, t.figures", "notice"
    );
    each_row(
        session_,
        sql,
        {AccountSlot::first_of(account, days.first), AccountSlot::first_of(account, days.last)},
        [&](const Row& row) {
            app::Notice notice;
            notice.id = AccountSlot(row.integer(0)).id();
            const auto type = account::parse_notice_type(row.text(1));
            if (!type)
                throw_word_unknown("type of a notice", row.text(1));
            notice.type = *type;
            notice.state = row.text(2);
            notice.created_at = instant(row.integer(3));
            notice.due_from = instant(row.integer(4));
            notice.due_to = instant(row.integer(5));
            notice.figures = row.text(6);
            found.push_back(std::move(notice));
        }
    );
    return found;
}

}  // namespace usagectl::store
