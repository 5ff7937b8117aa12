// SPDX-License-Identifier: MIT
#include "store/nightly_repository.hpp"

#include "store/account_rows.hpp"
#include "store/account_slot.hpp"
#include "store/slot.hpp"
#include "store/sql.hpp"

namespace usagectl::store {

namespace {

// How many packed blocks a driver may hold at a time.
constexpr std::int64_t block_rows = 16'384;

// Statuses of accounts that are charged: a suspended one only for what it still used.
constexpr std::string_view charged = "('active', 'past_due', 'suspended')";

}  // namespace

std::optional<LocalDay> NightlyRepository::charged_through(LocalDay from) {
    const auto found = find_integer(
        session_,
        "select min(charged_through) from account_standing where charged_through >= $1"
        " and status in " +
            std::string(charged),
        {std::int64_t{day_number(from)}}
    );
    if (!found)
        return std::nullopt;
    return local_day(static_cast<std::int32_t>(*found));
}

std::vector<app::ChargedStanding>
NightlyRepository::to_charge(LocalDay day, std::int64_t after_meter, std::size_t limit) {
    static const std::string sql =
        "select s.account, s.status, s.meter, m.timezone, s.profile, s.balance, s.moved_at,"
        " s.charged_through, s.cycle_day, s.cycle_start, s.cycle_wh, s.wants_daily, s.changing"
        " from account_standing s join meter m on m.id = s.meter"
        " where s.meter > $1 and s.charged_through = $2 and s.status in " +
        std::string(charged) + " order by s.meter limit $3";
    static const std::string locking = sql + " for update of s";
    // In the order in which all lock (app/lock_order.hpp), before they are read in that of meters.
    static const std::string in_order =
        "select s.account from account_standing s join account a on a.number = s.account"
        " where s.account in (select account from account_standing where meter > $1"
        " and charged_through = $2 and status in " +
        std::string(charged) +
        " order by meter limit $3) order by a.id collate \"C\" for update of s";
    const Values page{
        after_meter, std::int64_t{day_number(day) - 1}, static_cast<std::int64_t>(limit)};
    if (session_.dialect() == Dialect::postgresql)
        each_row(session_, in_order, page, [](const Row&) {});
    std::vector<app::ChargedStanding> standings;
    standings.reserve(limit);
    each_row(
        session_,
        session_.dialect() == Dialect::postgresql ? locking : sql,
        page,
        [&](const Row& row) {
            auto& standing = standings.emplace_back();
            standing.account = row.integer(0);
            const auto status = account::parse_status(row.text(1));
            if (!status)
                throw_word_unknown("status of an account", row.text(1));
            standing.status = *status;
            standing.meter = row.integer(2);
            standing.timezone = timezone_named(row.text(3));
            standing.profile = row.integer(4);
            standing.balance = money_in(row, 5);
            standing.moved_at = instant(row.integer(6));
            standing.charged_through = day_in(row, 7);
            standing.cycle_day = row.integer(8);
            standing.cycle_start = day_in(row, 9);
            standing.cycle_wh = row.integer(10);
            standing.wants_daily = row.integer(11) != 0;
            standing.changing = row.integer(12) != 0;
        }
    );
    return standings;
}

const std::string* NightlyRepository::timezone_named(std::string_view name) {
    auto zone = timezones_.find(name);
    if (zone == timezones_.end())
        zone = timezones_.emplace(name).first;
    return &*zone;
}

std::vector<app::MeteredAccount>
NightlyRepository::in_service(std::int64_t after_meter, std::size_t limit) {
    std::vector<app::MeteredAccount> found;
    each_row(
        session_,
        "select s.account, s.meter, m.timezone from account_standing s join meter m on"
        " m.id = s.meter where s.meter > $1 and s.status in ('active', 'past_due')"
        " order by s.meter limit $2",
        {after_meter, static_cast<std::int64_t>(limit)},
        [&](const Row& row) {
            found.push_back({row.integer(0), row.integer(1), timezone_named(row.text(2))});
        }
    );
    return found;
}

void NightlyRepository::each_block(
    LocalDay day, std::int64_t first_meter, std::int64_t last_meter, const VisitBlock& visit
) {
    // Every slot of a meter lies in [meter << 8, (meter + 1) << 8) of its day.
    std::int64_t next = Slot::first_of(day) + (first_meter << 8);
    const std::int64_t end = Slot::first_of(day) + ((last_meter + 1) << 8);
    const bool paged = session_.dialect() == Dialect::postgresql;
    while (true) {
        std::int64_t rows = 0;
        each_row(
            session_,
            paged ? "select slot, data from block where slot >= $1 and slot < $2 order by slot"
                    " limit $3"
                  : "select slot, data from block where slot >= $1 and slot < $2 order by slot",
            paged ? Values{next, end, block_rows} : Values{next, end},
            [&](const Row& row) {
                const Slot slot(row.integer(0));
                visit(slot.meter(), slot.channel(), slot.layer(), row.bytes(1));
                next = slot.packed() + 1;
                ++rows;
            }
        );
        if (!paged || rows < block_rows)
            return;
    }
}

void NightlyRepository::append(const std::vector<app::ChargeRow>& rows) {
    BulkInsert insert;
    insert.table = "ledger_entry";
    insert.columns = {
        "slot",
        "kind",
        "at",
        "known_at",
        "amount",
        "cause",
        "profile",
        "version",
        "cycle_wh",
        "vee_wh",
        "raw_wh",
        "estimated_wh",
        "postings",
    };
    insert.rows = rows.size();
    insert.fill = [&](std::size_t index, std::span<Value> values) {
        const auto& row = rows[index];
        values[0] = AccountSlot(row.id).packed();
        values[1] = ledger::to_string(row.kind);
        values[2] = unix_seconds(row.at);
        values[3] = unix_seconds(row.known_at);
        values[4] = row.amount.micro();
        values[5] = std::string_view();
        values[6] = row.basis.profile;
        values[7] = row.basis.version;
        values[8] = row.basis.cycle_wh;
        values[9] = row.basis.vee_wh;
        values[10] = row.basis.raw_wh;
        values[11] = row.basis.estimated_wh;
        values[12] = row.postings;
    };
    const auto existing = session_.insert_new(insert);
    if (existing.empty())
        return;
    const auto& id = rows[existing.front()].id;
    throw Failure(
        "store_conflict",
        "account number " + std::to_string(id.account) + " was charged for " + format_day(id.day) +
            " behind the back of this run",
        "run usagectl audit ledger"
    );
}

void NightlyRepository::save(const std::vector<app::ChargedStanding>& standings) {
    BulkUpdate update;
    update.table = "account_standing";
    update.key = "account";
    update.columns = {"balance", "moved_at", "charged_through", "cycle_start", "cycle_wh"};
    update.rows = standings.size();
    update.fill = [&](std::size_t index, std::span<Value> values) {
        const auto& standing = standings[index];
        values[0] = standing.account;
        values[1] = standing.balance.micro();
        values[2] = unix_seconds(standing.moved_at);
        values[3] = std::int64_t{day_number(standing.charged_through)};
        values[4] = std::int64_t{day_number(standing.cycle_start)};
        values[5] = standing.cycle_wh;
    };
    session_.update_rows(update);
}

std::vector<ledger::AccountNumber>
NightlyRepository::below_threshold(ledger::AccountNumber after, std::size_t limit) {
    std::vector<ledger::AccountNumber> found;
    each_row(
        session_,
        "select account from account_standing where account > $1"
        " and status in ('active', 'past_due')"
        " and (balance <= low or balance <= grace or balance <= disconnection"
        " or low_days is not null) order by account limit $2",
        {after, static_cast<std::int64_t>(limit)},
        [&](const Row& row) { found.push_back(row.integer(0)); }
    );
    return found;
}

std::optional<app::DaySpan>
NightlyRepository::days_touched(std::int64_t after_source, std::int64_t& through) {
    // Numbers of sources ascend as they begin; one that is still open hides those behind it.
    const auto open = find_integer(
        session_,
        "select min(number) from source where status = 'open' and number > $1",
        {after_source}
    );
    through = find_integer(
                  session_,
                  "select max(number) from source where number > $1 and number < $2",
                  {after_source, open.value_or(std::numeric_limits<std::int64_t>::max())}
    )
                  .value_or(after_source);
    std::optional<app::DaySpan> span;
    each_row(
        session_,
        "select min(first_at), max(last_at) from source where number > $1 and number <= $2"
        " and first_at is not null and stored > 0",
        {after_source, through},
        [&](const Row& row) {
            if (row.is_null(0))
                return;
            // A day on either side, whatever the zone.
            const auto day = [](std::int64_t seconds) {
                return local_day(static_cast<std::int32_t>(seconds / 86'400));
            };
            span = app::DaySpan{
                day(row.integer(0)) - std::chrono::days(1),
                day(row.integer(1)) + std::chrono::days(1)};
        }
    );
    return span;
}

std::vector<ledger::AccountNumber> NightlyRepository::touched_accounts(
    LocalDay day, std::int64_t after_source, std::int64_t through_source
) {
    std::vector<ledger::AccountNumber> found;
    each_row(
        session_,
        "select distinct s.account from block b"
        " join account_service v on v.meter = ((b.slot >> 8) & 4294967295)"
        " join account_standing s on s.account = v.account"
        " where b.slot >= $1 and b.slot < $2 and b.source > $3 and b.source <= $4"
        " and s.charged_through >= $5 order by s.account",
        {Slot::first_of(day),
         Slot::first_of(day + std::chrono::days(1)),
         after_source,
         through_source,
         std::int64_t{day_number(day)}},
        [&](const Row& row) { found.push_back(row.integer(0)); }
    );
    return found;
}

std::int64_t NightlyRepository::count_status(account::Status status) {
    return find_integer(
               session_,
               "select count(*) from account_standing where status = $1",
               {account::to_string(status)}
    )
        .value_or(0);
}

std::vector<ledger::AccountNumber> NightlyRepository::changing() {
    std::vector<ledger::AccountNumber> accounts;
    each_row(
        session_,
        "select account from account_standing where changing = 1 and status <> 'closed'"
        " order by account",
        {},
        [&](const Row& row) { accounts.push_back(row.integer(0)); }
    );
    return accounts;
}

std::int64_t NightlyRepository::begin_cycles(LocalDay day, std::int64_t cycle_day) {
    return run(
        session_,
        "update account_standing set cycle_start = $1, cycle_wh = 0"
        " where cycle_day = $2 and charged_through = $1 - 1 and cycle_start < $1",
        {std::int64_t{day_number(day)}, cycle_day}
    );
}

std::int64_t NightlyRepository::sources_seen() {
    return find_integer(session_, "select max(sources) from nightly_step", {}).value_or(0);
}

std::optional<Instant> NightlyRepository::last_run(int place) {
    const auto found = find_integer(
        session_,
        "select max(finished_at) from nightly_step where place = $1",
        {std::int64_t{place}}
    );
    return found ? std::optional(instant(*found)) : std::nullopt;
}

std::vector<app::NightlyStep> NightlyRepository::steps(LocalDay day) {
    std::vector<app::NightlyStep> found;
    each_row(
        session_,
        "select place, name, state, items, amount, sources, started_at, finished_at"
        " from nightly_step where day = $1 order by place",
        {std::int64_t{day_number(day)}},
        [&](const Row& row) {
            app::NightlyStep step;
            step.day = day;
            step.place = static_cast<int>(row.integer(0));
            step.name = row.text(1);
            step.state = row.text(2);
            step.items = row.integer(3);
            step.amount = money_in(row, 4);
            step.sources = row.integer(5);
            step.started_at = instant(row.integer(6));
            step.finished_at = optional_instant(row, 7);
            found.push_back(std::move(step));
        }
    );
    return found;
}

void NightlyRepository::add(const app::NightlyStep& part) {
    run(session_,
        "insert into nightly_step (day, place, name, state, items, amount, sources, started_at)"
        " values ($1, $2, $3, 'started', $4, $5, 0, $6) on conflict (day, place) do update"
        " set items = nightly_step.items + excluded.items,"
        " amount = nightly_step.amount + excluded.amount",
        {std::int64_t{day_number(part.day)},
         std::int64_t{part.place},
         part.name,
         part.items,
         part.amount.micro(),
         unix_seconds(part.started_at)});
}

void NightlyRepository::begin_again(const app::NightlyStep& step) {
    run(session_,
        "insert into nightly_step (day, place, name, state, items, amount, sources, started_at)"
        " values ($1, $2, $3, 'started', 0, 0, 0, $4) on conflict (day, place) do update"
        " set state = 'started', finished_at = null",
        {std::int64_t{day_number(step.day)},
         std::int64_t{step.place},
         step.name,
         unix_seconds(step.started_at)});
}

std::vector<LocalDay> NightlyRepository::unfinished(int place, LocalDay last) {
    std::vector<LocalDay> found;
    each_row(
        session_,
        "select day from nightly_step where place = $1 and day <= $2 and state = 'started'"
        " order by day",
        {std::int64_t{place}, std::int64_t{day_number(last)}},
        [&](const Row& row) { found.push_back(day_in(row, 0)); }
    );
    return found;
}

void NightlyRepository::finish(const app::NightlyStep& step) {
    run(session_,
        "update nightly_step set state = 'done', sources = $3, finished_at = $4"
        " where day = $1 and place = $2 and state = 'started'",
        {std::int64_t{day_number(step.day)},
         std::int64_t{step.place},
         step.sources,
         nullable(step.finished_at)});
}

}  // namespace usagectl::store
