// SPDX-License-Identifier: MIT
// Rows of accounts and standings, to and from what they mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "account/standing.hpp"
#include "account/types.hpp"
#include "store/session.hpp"

namespace usagectl::store {

// The columns of a standing in the order read_standing expects, from standing_tables.
inline constexpr std::string_view standing_columns =
    "s.account, s.status, s.balance, s.debt, s.meter, s.profile, s.charged_through, s.cycle_day,"
    " s.cycle_start, s.cycle_wh, s.connection, s.disconnection, s.grace, s.low, s.low_days,"
    " s.wants_daily, s.changing, s.moved_at, m.name, m.timezone";
// Where those columns come from.
inline constexpr std::string_view standing_tables =
    "account_standing s left join meter m on m.id = s.meter";
[[nodiscard]] account::Standing read_standing(const Row& row, int first = 0);

// The columns of an account after its number, each with the prefix `a.`.
inline constexpr std::string_view account_columns =
    "a.id, a.name, a.street, a.city, a.state, a.county, a.postal_code, a.contacts, a.language,"
    " a.rule_pack, a.critical_care, a.chronic_condition, a.medical, a.tax_exempt,"
    " a.existing_customer, a.meter_number, a.begin_reading_wh, a.installed_on, a.last_read_on,"
    " a.due_setup, a.due_unbilled, a.due_past, a.due_postings, a.deposit, a.debt_percent, "
    "a.created_at";
[[nodiscard]] account::Account read_account(const Row& row, int first);

[[nodiscard]] std::string write_contacts(const std::vector<account::Contact>& contacts);
[[nodiscard]] std::vector<account::Contact> read_contacts(std::string_view text);
// Names in order, one a line, and back.
[[nodiscard]] std::string write_names(const std::vector<std::string>& names);
[[nodiscard]] std::vector<std::string> read_names(std::string_view text);

// Throws Failure `store_damaged`: a word of the store that means nothing to this program.
[[noreturn]] void throw_word_unknown(std::string_view what, std::string_view word);

}  // namespace usagectl::store
