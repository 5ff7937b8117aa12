// SPDX-License-Identifier: MIT
#include "store/account_repository.hpp"

#include "store/account_rows.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::int64_t page_rows = 1024;
// The first column of a standing behind number and account.
constexpr int after_account = 27;

std::string select_accounts(std::string_view rest) {
    return "select a.number, " + std::string(account_columns) + ", " +
           std::string(standing_columns) +
           " from account a join account_standing s on s.account = a.number"
           " left join meter m on m.id = s.meter " +
           std::string(rest);
}

}  // namespace

std::optional<app::KnownAccount> AccountRepository::find(std::string_view id) {
    const std::string wanted = sound_text(id);
    std::optional<app::KnownAccount> found;
    each_row(
        session_,
        "select a.number, " + std::string(account_columns) + " from account a where a.id = $1",
        {std::string_view(wanted)},
        [&](const Row& row) {
            found = app::KnownAccount{row.integer(0), read_account(row, 1)};
        }
    );
    return found;
}

std::optional<app::KnownAccount> AccountRepository::find(app::AccountNumber number) {
    std::optional<app::KnownAccount> found;
    each_row(
        session_,
        "select a.number, " + std::string(account_columns) + " from account a where a.number = $1",
        {number},
        [&](const Row& row) {
            found = app::KnownAccount{row.integer(0), read_account(row, 1)};
        }
    );
    return found;
}

void AccountRepository::each(
    std::string_view from,
    const std::function<bool(const app::KnownAccount&, const account::Standing&)>& visit
) {
    auto sql = select_accounts("where a.id >= $1 order by a.id limit $2");
    std::string last = sound_text(from);
    while (true) {
        std::vector<std::pair<app::KnownAccount, account::Standing>> page;
        each_row(session_, sql, {std::string_view(last), page_rows}, [&](const Row& row) {
            page.push_back(
                {{row.integer(0), read_account(row, 1)}, read_standing(row, after_account)}
            );
        });
        for (const auto& [known, standing] : page) {
            if (!visit(known, standing))
                return;
        }
        if (static_cast<std::int64_t>(page.size()) < page_rows)
            return;
        last = page.back().first.account.id;
        sql = select_accounts("where a.id > $1 order by a.id limit $2");
    }
}

std::vector<std::string> AccountRepository::ids(std::string_view prefix, std::size_t limit) {
    // No id holds a character above `z` (AccountId).
    const std::string first = sound_text(prefix);
    const std::string last = first + '~';
    std::vector<std::string> found;
    each_row(
        session_,
        "select id from account where id >= $1 and id < $2 order by id limit $3",
        {std::string_view(first), std::string_view(last), static_cast<std::int64_t>(limit)},
        [&](const Row& row) { found.emplace_back(row.text(0)); }
    );
    return found;
}

std::vector<app::CountyOfAccounts> AccountRepository::counties() {
    std::vector<app::CountyOfAccounts> found;
    each_row(
        session_,
        "select distinct a.state, a.county from account a join account_standing s"
        " on s.account = a.number where a.county <> '' and s.status <> 'closed'",
        {},
        [&](const Row& row) {
            found.push_back({std::string(row.text(0)), std::string(row.text(1))});
        }
    );
    return found;
}

std::optional<app::AccountNumber> AccountRepository::of_meter(std::int64_t meter) {
    return find_integer(session_, "select account from account_standing where meter = $1", {meter});
}

std::optional<app::AccountNumber>
AccountRepository::create(const account::Account& account, account::Standing& standing) {
    // New accounts come one after the other, so that numbers have no holes.
    lock_until_end(session_, Lock::accounts);
    if (find(account.id) || (standing.meter && of_meter(*standing.meter)))
        return std::nullopt;
    standing.account =
        find_integer(session_, "select max(number) from account", {}).value_or(0) + 1;
    run(session_,
        "insert into account (number, id, name, street, city, state, county, postal_code,"
        " contacts, language, rule_pack, critical_care, chronic_condition, medical, tax_exempt,"
        " existing_customer, due_setup, due_unbilled, due_past, due_postings, deposit, "
        "debt_percent, created_at)"
        " values ($1, $2, '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, $3, 0, 0, 0, '', 0, 0, "
        "$4)",
        {standing.account,
         account.id,
         std::int64_t{account.flags.existing_customer},
         unix_seconds(account.created_at)});
    save({standing.account, account});
    run(session_,
        "insert into account_standing (account, status, balance, moved_at, debt, meter, profile,"
        " charged_through, cycle_day, cycle_start, cycle_wh, connection, disconnection, grace, low,"
        " low_days, wants_daily, changing)"
        " values ($1, $2, 0, 0, 0, $3, $4, null, $5, 0, 0, 0, 0, 0, 0, null, 0, 0)",
        {standing.account,
         account::to_string(standing.status),
         nullable(standing.meter),
         standing.profile,
         standing.cycle_day});
    if (!save(standing))
        return std::nullopt;
    return standing.account;
}

void AccountRepository::save(const app::KnownAccount& known) {
    const auto& account = known.account;
    const std::string name = sound_text(account.name);
    const std::string street = sound_text(account.address.street);
    const std::string city = sound_text(account.address.city);
    const std::string county = sound_text(account.address.county);
    const std::string contacts = sound_text(write_contacts(account.contacts));
    run(session_,
        "update account set name = $2, street = $3, city = $4, state = $5, county = $6,"
        " postal_code = $7, contacts = $8, language = $9, rule_pack = $10, critical_care = $11,"
        " chronic_condition = $12, medical = $13, tax_exempt = $14, meter_number = $15,"
        " begin_reading_wh = $16, installed_on = $17, last_read_on = $18, due_setup = $19,"
        " due_unbilled = $20, due_past = $21, due_postings = $22, deposit = $23,"
        " debt_percent = $24 where number = $1",
        {known.number,
         name,
         street,
         city,
         account.address.state,
         county,
         account.address.postal_code,
         contacts,
         account.language,
         account.rule_pack,
         std::int64_t{account.flags.critical_care},
         std::int64_t{account.flags.chronic_condition},
         std::int64_t{account.flags.medical},
         std::int64_t{account.flags.tax_exempt},
         nullable(account.meter_facts.number),
         nullable(account.meter_facts.begin_reading_wh),
         nullable(account.meter_facts.installed_on),
         nullable(account.meter_facts.last_read_on),
         account.minimum_due.setup.micro(),
         account.minimum_due.unbilled.micro(),
         account.minimum_due.past_due.micro(),
         account.minimum_due.postings,
         account.deposit.micro(),
         account.debt_percent});
}

account::Standing AccountRepository::standing(app::AccountNumber number) {
    account::Standing standing;
    each_row(
        session_,
        "select " + std::string(standing_columns) + " from " + std::string(standing_tables) +
            " where s.account = $1",
        {number},
        [&](const Row& row) { standing = read_standing(row); }
    );
    return standing;
}

account::Standing AccountRepository::lock(app::AccountNumber number) {
    if (session_.dialect() == Dialect::postgresql) {
        each_row(
            session_,
            "select account from account_standing where account = $1 for update",
            {number},
            [](const Row&) {}
        );
    }
    return standing(number);
}

std::optional<AccountRepository::Locked> AccountRepository::lock(std::string_view id) {
    static const std::string sql = select_accounts("where a.id = $1");
    static const std::string locking = sql + " for update of a, s";
    const std::string wanted = sound_text(id);
    std::optional<Locked> found;
    each_row(
        session_,
        session_.dialect() == Dialect::postgresql ? locking : sql,
        {std::string_view(wanted)},
        [&](const Row& row) {
            found =
                Locked{{row.integer(0), read_account(row, 1)}, read_standing(row, after_account)};
        }
    );
    return found;
}

bool AccountRepository::save(const account::Standing& standing) {
    // A meter that serves another account stays there: then no row is changed.
    const auto changed = run(
        session_,
        "update account_standing set status = $2, balance = $3, debt = $4, meter = $5,"
        " profile = $6, charged_through = $7, cycle_day = $8, cycle_start = $9, cycle_wh = $10,"
        " connection = $11, disconnection = $12, grace = $13, low = $14, low_days = $15,"
        " wants_daily = $16, changing = $17, moved_at = $18 where account = $1"
        " and not exists (select 1 from account_standing o where o.meter = $5 and o.account <> $1)",
        {standing.account,
         account::to_string(standing.status),
         standing.balance.micro(),
         standing.debt.micro(),
         nullable(standing.meter),
         standing.profile,
         nullable(standing.charged_through),
         standing.cycle_day,
         std::int64_t{day_number(standing.cycle_start)},
         standing.cycle_wh,
         standing.thresholds.connection.micro(),
         standing.thresholds.disconnection.micro(),
         standing.thresholds.grace.micro(),
         standing.thresholds.low.micro(),
         nullable(standing.thresholds.low_days),
         std::int64_t{standing.wants_daily},
         std::int64_t{standing.changing},
         unix_seconds(standing.moved_at)}
    );
    return changed == 1;
}

void AccountRepository::move(const account::Standing& standing) {
    run(session_,
        "update account_standing set status = $2, balance = $3, debt = $4, moved_at = $5"
        " where account = $1",
        {standing.account,
         account::to_string(standing.status),
         standing.balance.micro(),
         standing.debt.micro(),
         unix_seconds(standing.moved_at)});
}

}  // namespace usagectl::store
