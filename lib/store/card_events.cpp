// SPDX-License-Identifier: MIT
// The events and the locks of CardRepository.
#include "store/account_rows.hpp"
#include "store/card_repository.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

constexpr std::int64_t whole_batch = 0;

std::int64_t number_of(const std::optional<card::Serial>& serial) {
    return serial ? serial->number() : whole_batch;
}

app::CardEvent read_event(const Row& row) {
    app::CardEvent event;
    event.batch = row.integer(0);
    if (row.integer(1) != whole_batch)
        event.serial = card::Serial::of(row.integer(1));
    event.at = instant(row.integer(2));
    event.actor = row.text(3);
    const auto step = card::parse_step(row.text(4));
    if (!step)
        throw_word_unknown("step of a card", row.text(4));
    event.step = *step;
    event.was = row.text(5);
    event.became = row.text(6);
    event.reason = row.text(7);
    return event;
}

card::LockCount read_count(const Row& row, int column) {
    return {
        instant(row.integer(column)), row.integer(column + 1), optional_instant(row, column + 2)};
}

}  // namespace

void CardRepository::append(const app::CardEvent& event) {
    const std::string actor = sound_text(event.actor);
    const std::string reason = sound_text(event.reason);
    const auto card = number_of(event.serial);
    const auto last = find_integer(
        session_,
        "select max(place) from card_event where card = $1 and batch = $2",
        {card, event.batch}
    );
    run(session_,
        "insert into card_event (batch, card, place, at, actor, step, was, became, reason)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        {event.batch,
         card,
         last.value_or(0) + 1,
         unix_seconds(event.at),
         std::string_view(actor),
         to_string(event.step),
         event.was,
         event.became,
         std::string_view(reason)});
}

std::vector<app::CardEvent>
CardRepository::events(std::int64_t batch, std::optional<card::Serial> serial) {
    std::vector<app::CardEvent> events;
    each_row(
        session_,
        "select batch, card, at, actor, step, was, became, reason from card_event"
        " where card = $1 and ($2 = 0 or batch = $2) order by at, batch, place",
        {number_of(serial), serial ? 0 : batch},
        [&](const Row& row) { events.push_back(read_event(row)); }
    );
    return events;
}

card::LockCount
CardRepository::lock_count(card::LockScope scope, std::string_view name, bool hold) {
    const std::string sound = sound_text(name);
    if (hold && session_.dialect() == Dialect::postgresql) {
        // A row that is not there cannot be held.
        run(session_,
            "insert into card_lock (scope, name, since, refusals) values ($1, $2, 0, 0)"
            " on conflict do nothing",
            {to_string(scope), std::string_view(sound)});
    }
    card::LockCount count;
    each_row(
        session_,
        std::string("select since, refusals, locked_until from card_lock"
                    " where scope = $1 and name = $2"
        ) + (hold && session_.dialect() == Dialect::postgresql ? " for update" : ""),
        {to_string(scope), std::string_view(sound)},
        [&](const Row& row) { count = read_count(row, 0); }
    );
    return count;
}

void CardRepository::save(
    card::LockScope scope, std::string_view name, const card::LockCount& count
) {
    const std::string sound = sound_text(name);
    run(session_,
        "insert into card_lock (scope, name, since, refusals, locked_until)"
        " values ($1, $2, $3, $4, $5) on conflict (scope, name) do update set"
        " since = excluded.since, refusals = excluded.refusals,"
        " locked_until = excluded.locked_until",
        {to_string(scope),
         std::string_view(sound),
         unix_seconds(count.since),
         count.refusals,
         nullable(count.locked_until)});
}

std::vector<app::CardLock> CardRepository::closed_locks(Instant now) {
    std::vector<app::CardLock> locks;
    each_row(
        session_,
        "select scope, name, since, refusals, locked_until from card_lock"
        " where locked_until > $1 order by scope, name",
        {unix_seconds(now)},
        [&](const Row& row) {
            const auto scope = card::parse_lock_scope(row.text(0));
            if (!scope)
                throw_word_unknown("scope of a lock", row.text(0));
            locks.push_back({*scope, std::string(row.text(1)), read_count(row, 2)});
        }
    );
    return locks;
}

}  // namespace usagectl::store
