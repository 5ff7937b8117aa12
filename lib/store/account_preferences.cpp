// SPDX-License-Identifier: MIT
// How customers want to be told, as rows.
#include "store/account_repository.hpp"
#include "store/account_rows.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

account::Preference read_preference(const Row& row) {
    const auto type = account::parse_notice_type(row.text(0));
    const auto method = account::parse_notice_method(row.text(1));
    const auto every = account::parse_every(row.text(5));
    if (!type || !method || !every)
        throw_word_unknown("preference of an account", row.text(!type ? 0 : !method ? 1 : 5));
    account::Preference preference;
    preference.type = *type;
    preference.method = *method;
    preference.address = row.text(2);
    preference.window = {static_cast<int>(row.integer(3)), static_cast<int>(row.integer(4))};
    preference.every = *every;
    preference.primary = row.text(6) == "primary";
    return preference;
}

}  // namespace

std::vector<account::Preference> AccountRepository::preferences(app::AccountNumber number) {
    std::vector<account::Preference> found;
    each_row(
        session_,
        "select type, method, address, window_from, window_to, every, contact"
        " from account_preference where account = $1 order by type, method, address",
        {number},
        [&](const Row& row) { found.push_back(read_preference(row)); }
    );
    return found;
}

void AccountRepository::save_preference(
    app::AccountNumber number, const account::Preference& preference
) {
    const std::string address = sound_text(preference.address);
    run(session_,
        "insert into account_preference (account, type, method, address, window_from, window_to,"
        " every, contact) values ($1, $2, $3, $4, $5, $6, $7, $8)"
        " on conflict (account, type, method, address) do update set window_from = $5,"
        " window_to = $6, every = $7, contact = $8",
        {number,
         account::to_string(preference.type),
         account::to_string(preference.method),
         std::string_view(address),
         std::int64_t{preference.window.from},
         std::int64_t{preference.window.to},
         account::to_string(preference.every),
         std::string_view(preference.primary ? "primary" : "secondary")});
}

void AccountRepository::remove_preference(
    app::AccountNumber number, const account::Preference& preference
) {
    const std::string address = sound_text(preference.address);
    run(session_,
        "delete from account_preference where account = $1 and type = $2 and method = $3"
        " and address = $4",
        {number,
         account::to_string(preference.type),
         account::to_string(preference.method),
         std::string_view(address)});
}

}  // namespace usagectl::store
