// SPDX-License-Identifier: MIT
// One account over many days in a table keyed by AccountSlot: a series of ranges, one a day, joined
// to the table. On both engines a look-up for each day and nothing else. Or all accounts, page by
// page.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ledger_store.hpp"
#include "store/account_slot.hpp"
#include "store/sql.hpp"

namespace usagectl::store {

// $1 and $2 are the account's first slots of the first and the last day. `columns` and `where`
// speak of the table as `t`.
[[nodiscard]] inline std::string
select_days(std::string_view columns, std::string_view table, std::string_view where = {}) {
    return "with recursive s(slot) as (select cast($1 as bigint) union all"
           " select slot + 70368744177664 from s where slot + 70368744177664 <= $2) select " +
           std::string(columns) + " from s join " + std::string(table) +
           " t on t.slot >= s.slot and t.slot < s.slot + 65536 " + std::string(where) +
           " order by t.slot";
}

// Visits every row of the days in order, those of all accounts. `read` makes a value with an `id`
// of a row; `visit` may use the session, for no row is waiting when it is called.
template <class Read, class Visit>
void each_in_pages(
    Session& session,
    std::string_view columns,
    std::string_view table,
    const app::DaySpan& days,
    const Read& read,
    const Visit& visit
) {
    constexpr std::int64_t page_rows = 4096;
    const std::string sql = "select " + std::string(columns) + " from " + std::string(table) +
                            " t where t.slot >= $1 and t.slot <= $2 order by t.slot limit $3";
    std::int64_t next = AccountSlot::first_of(days.first);
    // The last slot itself: the one behind it may be no number any more.
    const std::int64_t last = AccountSlot::first_of(days.last) + (AccountSlot::one_day - 1);
    while (true) {
        std::vector<decltype(read(std::declval<const Row&>()))> page;
        each_row(session, sql, {next, last, page_rows}, [&](const Row& row) {
            page.push_back(read(row));
        });
        for (const auto& one : page)
            visit(one);
        if (static_cast<std::int64_t>(page.size()) < page_rows)
            return;
        next = AccountSlot(page.back().id).packed() + 1;
    }
}

}  // namespace usagectl::store
