// SPDX-License-Identifier: MIT
#include "store/card_repository.hpp"

#include <algorithm>

#include "store/account_rows.hpp"
#include "store/card_order.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"

namespace usagectl::store {

namespace {

using card::Card;
using card::CardState;

constexpr std::string_view select_cards =
    "select number, batch, state, frozen_from, salt, hash, used_at, uses, invoice from card";

CardState state_in(std::string_view word) {
    const auto state = card::parse_card_state(word);
    if (!state)
        throw_word_unknown("state of a card", word);
    return *state;
}

Card read_card(const Row& row) {
    Card card;
    card.serial = card::Serial::of(row.integer(0));
    card.batch = row.integer(1);
    card.state = state_in(row.text(2));
    if (!row.is_null(3))
        card.frozen_from = state_in(row.text(3));
    card.mark = {std::string(row.bytes(4)), std::string(row.bytes(5))};
    card.used_at = optional_instant(row, 6);
    card.uses = row.integer(7);
    card.invoice = optional_integer(row, 8);
    return card;
}

std::optional<Card> find_card(Session& session, const card::Serial& serial, std::string_view rest) {
    std::optional<Card> found;
    each_row(
        session,
        std::string(select_cards) + " where number = $1" + std::string(rest),
        {serial.number()},
        [&](const Row& row) { found = read_card(row); }
    );
    return found;
}

}  // namespace

void CardRepository::lock_stock() {
    lock_until_end(session_, Lock::cards);
}

std::int64_t CardRepository::next_number() {
    const auto next =
        find_integer(session_, "select max(first_number + wanted) from card_batch", {});
    return std::max(next.value_or(0), card::Serial::first_number);
}

void CardRepository::add_cards(
    std::int64_t batch, std::int64_t first, std::span<const card::PinMark> marks
) {
    BulkInsert rows;
    rows.table = "card";
    rows.columns = {"number", "batch", "state", "salt", "hash", "uses"};
    rows.rows = marks.size();
    rows.fill = [&](std::size_t index, std::span<Value> row) {
        row[0] = first + static_cast<std::int64_t>(index);
        row[1] = batch;
        row[2] = to_string(CardState::inactive);
        row[3] = Bytes{marks[index].salt};
        row[4] = Bytes{marks[index].hash};
        row[5] = std::int64_t{0};
    };
    if (!session_.insert_new(rows).empty())
        throw Failure("store_conflict", "a serial number is taken already", "try again", true);
}

std::optional<Card> CardRepository::find(const card::Serial& serial) {
    return find_card(session_, serial, "");
}

std::optional<Card> CardRepository::lock(const card::Serial& serial) {
    const bool remote = session_.dialect() == Dialect::postgresql;
    return find_card(session_, serial, remote ? " for update" : "");
}

void CardRepository::save(const Card& card) {
    run(session_,
        "update card set batch = $2, state = $3, frozen_from = $4, used_at = $5, uses = $6,"
        " invoice = $7 where number = $1",
        {card.serial.number(),
         card.batch,
         to_string(card.state),
         card.frozen_from ? Value(to_string(*card.frozen_from)) : Value(),
         nullable(card.used_at),
         card.uses,
         nullable(card.invoice)});
}

std::vector<Card> CardRepository::cards(const CardFilter& filter) {
    std::string sql(select_cards);
    // One shape for each filter, so that the index of batches serves where one is named.
    sql += filter.batch ? " where batch = $1" : " where $1 = 0";
    sql += " and number > $2 and ($3 = '' or state = $3) order by number limit $4";
    const std::string_view state = filter.state ? to_string(*filter.state) : "";
    std::vector<Card> found;
    each_row(
        session_,
        sql,
        {filter.batch.value_or(0), filter.after, state, static_cast<std::int64_t>(filter.limit)},
        [&](const Row& row) { found.push_back(read_card(row)); }
    );
    return found;
}

std::int64_t CardRepository::count(std::int64_t first, std::int64_t numbers) {
    constexpr std::string_view sql = "select count(*) from card where number >= $1 and number < $2";
    return find_integer(session_, sql, {first, first + numbers}).value_or(0);
}

std::int64_t CardRepository::move_all(const app::CardsOf& which, CardState to) {
    lock_in_order(session_, which.batch);
    std::string sql = "update card set state = $3, frozen_from = null where batch = $1"
                      " and state = $2 and ($4 = '' or frozen_from = $4)";
    if (which.invoiced)
        sql += *which.invoiced ? " and invoice is not null" : " and invoice is null";
    const std::string_view frozen_from =
        which.frozen_from ? to_string(*which.frozen_from) : std::string_view();
    return run(session_, sql, {which.batch, to_string(which.state), to_string(to), frozen_from});
}

std::int64_t CardRepository::move_frozen(std::int64_t batch, CardState from, CardState to) {
    lock_in_order(session_, batch);
    return run(
        session_,
        "update card set frozen_from = $3 where batch = $1 and frozen_from = $2",
        {batch, to_string(from), to_string(to)}
    );
}

std::int64_t CardRepository::package(std::int64_t from, std::int64_t into, std::int64_t count) {
    lock_in_order(session_, from);
    return run(
        session_,
        "update card set batch = $2 where number in (select number from card where batch = $1 and"
        " (state = 'inactive' or state = 'active') order by number limit $3)",
        {from, into, count}
    );
}

std::vector<app::CardCount> CardRepository::counts() {
    std::vector<app::CardCount> counts;
    each_row(
        session_,
        "select batch, state, frozen_from, count(*) from card group by batch, state, frozen_from"
        " order by batch, state, frozen_from",
        {},
        [&](const Row& row) {
            app::CardCount count;
            count.batch = row.integer(0);
            count.state = state_in(row.text(1));
            if (!row.is_null(2))
                count.frozen_from = state_in(row.text(2));
            count.cards = row.integer(3);
            counts.push_back(count);
        }
    );
    return counts;
}

}  // namespace usagectl::store
