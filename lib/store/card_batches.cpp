// SPDX-License-Identifier: MIT
// The batches of CardRepository.
#include "store/account_rows.hpp"
#include "store/card_repository.hpp"
#include "store/sql.hpp"
#include "store/utf8.hpp"

namespace usagectl::store {

namespace {

using card::Batch;
using card::BatchState;

constexpr std::string_view select_batches =
    "select number, name, state, frozen_from, value, expires, cards, wanted, first_number, made, "
    "pin_digits,"
    " key, memory_kib, passes, print_file, print_bytes, agent, created_at, confirmed_at, "
    "confirmed_by,"
    " proposed_at, proposed_by, activated_at, activated_by from card_batch";

BatchState state_in(std::string_view word) {
    const auto state = card::parse_batch_state(word);
    if (!state)
        throw_word_unknown("state of a batch", word);
    return *state;
}

card::Deed deed_in(const Row& row, int column) {
    return {optional_instant(row, column), std::string(row.text(column + 1))};
}

Batch read_batch(const Row& row) {
    Batch batch;
    batch.number = row.integer(0);
    batch.name = row.text(1);
    batch.state = state_in(row.text(2));
    if (!row.is_null(3))
        batch.frozen_from = state_in(row.text(3));
    batch.value = money_in(row, 4);
    batch.expires = optional_day(row, 5);
    batch.cards = row.integer(6);
    batch.wanted = row.integer(7);
    batch.first = row.integer(8);
    batch.made = row.integer(9);
    batch.pin_digits = row.integer(10);
    batch.key = row.text(11);
    batch.cost = {row.integer(12), row.integer(13)};
    batch.print_file = row.text(14);
    batch.print_bytes = row.integer(15);
    batch.agent = optional_integer(row, 16);
    batch.created_at = instant(row.integer(17));
    batch.confirmed = deed_in(row, 18);
    batch.proposed = deed_in(row, 20);
    batch.activated = deed_in(row, 22);
    return batch;
}

Value frozen_from(const Batch& batch) {
    return batch.frozen_from ? Value(to_string(*batch.frozen_from)) : Value();
}

std::optional<Batch> one(Session& session, std::string_view where, Values values) {
    std::optional<Batch> found;
    each_row(
        session,
        std::string(select_batches) + " where " + std::string(where),
        values,
        [&](const Row& row) { found = read_batch(row); }
    );
    return found;
}

}  // namespace

std::optional<Batch> CardRepository::batch(std::string_view name) {
    const std::string sound = sound_text(name);
    return one(session_, "name = $1", {std::string_view(sound)});
}

std::optional<Batch> CardRepository::batch(std::int64_t number) {
    return one(session_, "number = $1", {number});
}

void CardRepository::each_batch(const std::function<bool(const Batch&)>& visit) {
    session_.query(std::string(select_batches) + " order by number", {}, [&](const Row& row) {
        return visit(read_batch(row));
    });
}

std::vector<std::string> CardRepository::batch_names(std::string_view prefix, std::size_t limit) {
    const std::string begin = sound_text(prefix);
    const std::string end = begin + '\x7f';
    std::vector<std::string> names;
    each_row(
        session_,
        "select name from card_batch where name >= $1 and name < $2 order by name limit $3",
        {std::string_view(begin), std::string_view(end), static_cast<std::int64_t>(limit)},
        [&](const Row& row) { names.emplace_back(row.text(0)); }
    );
    return names;
}

std::int64_t CardRepository::add_batch(const Batch& batch) {
    const auto number =
        find_integer(session_, "select max(number) from card_batch", {}).value_or(0) + 1;
    const std::string file = sound_text(batch.print_file);
    run(session_,
        "insert into card_batch (number, name, state, value, expires, cards, wanted, first_number,"
        " made, pin_digits, key, memory_kib, passes, print_file, print_bytes, agent, created_at,"
        " confirmed_at, confirmed_by, proposed_by, activated_at, activated_by)"
        " values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
        " $19, '', $20, $21)",
        {number,
         batch.name,
         to_string(batch.state),
         batch.value.micro(),
         nullable(batch.expires),
         batch.cards,
         batch.wanted,
         batch.first,
         batch.made,
         batch.pin_digits,
         batch.key,
         batch.cost.memory_kib,
         batch.cost.passes,
         std::string_view(file),
         batch.print_bytes,
         nullable(batch.agent),
         unix_seconds(batch.created_at),
         nullable(batch.confirmed.at),
         std::string_view(batch.confirmed.by),
         nullable(batch.activated.at),
         std::string_view(batch.activated.by)});
    return number;
}

void CardRepository::save(const Batch& batch) {
    const std::string confirmed = sound_text(batch.confirmed.by);
    const std::string proposed = sound_text(batch.proposed.by);
    const std::string activated = sound_text(batch.activated.by);
    run(session_,
        "update card_batch set state = $2, frozen_from = $3, cards = $4, made = $5,"
        " print_bytes = $6, agent = $7, confirmed_at = $8, confirmed_by = $9, proposed_at = $10,"
        " proposed_by = $11, activated_at = $12, activated_by = $13 where number = $1",
        {batch.number,
         to_string(batch.state),
         frozen_from(batch),
         batch.cards,
         batch.made,
         batch.print_bytes,
         nullable(batch.agent),
         nullable(batch.confirmed.at),
         std::string_view(confirmed),
         nullable(batch.proposed.at),
         std::string_view(proposed),
         nullable(batch.activated.at),
         std::string_view(activated)});
}

}  // namespace usagectl::store
