// SPDX-License-Identifier: MIT
// One account over many days in a table keyed by AccountSlot: a series of ranges, one a day, joined
// to the table. On both engines a look-up for each day and nothing else.
#pragma once

#include <string>
#include <string_view>

#include "app/ledger_store.hpp"
#include "store/account_slot.hpp"

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

}  // namespace usagectl::store
