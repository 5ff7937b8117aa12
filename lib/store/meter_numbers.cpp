// SPDX-License-Identifier: MIT
#include "store/meter_numbers.hpp"

#include <algorithm>
#include <limits>

#include "base/assert.hpp"
#include "store/chunk.hpp"
#include "store/lock.hpp"
#include "store/sql.hpp"

namespace usagectl::store {
namespace {

constexpr std::size_t set_count = 1 << 14;
// How long to leave order alone after it did not pay: meters of one utility in another order.
constexpr int pause_batches = 16;

std::uint64_t hash_of(std::string_view name) {
    return std::hash<std::string_view>{}(name);
}

MeterNumber checked(std::int64_t number) {
    if (number < 1 || number > std::numeric_limits<MeterNumber>::max()) {
        throw Failure(
            "store_damaged",
            "meter number " + std::to_string(number) + " is out of range",
            "look with `usagectl db check`, then restore a backup"
        );
    }
    return static_cast<MeterNumber>(number);
}

}  // namespace

std::optional<MeterNumber> MeterNumbers::find(std::string_view name) {
    if (const auto* known = cached(name))
        return known->number;
    const auto number = find_integer(session_, "select id from meter where name = $1", {name});
    if (!number)
        return std::nullopt;
    return checked(*number);
}

std::optional<std::string> MeterNumbers::name(MeterNumber number) {
    std::optional<std::string> found;
    each_row(
        session_,
        "select name from meter where id = $1",
        {std::int64_t{number}},
        [&](const Row& row) { found = row.text(0); }
    );
    return found;
}

void MeterNumbers::resolve(
    const meter::BlockBatch& batch, Instant known_since, std::vector<MeterNumber>& numbers
) {
    if (sets_.empty())
        sets_.resize(set_count);
    unknown_.clear();
    by_name_.clear();
    waiting_.clear();
    const std::size_t size = batch.entries.size();
    numbers.resize(size);
    const bool in_order = batches_without_order_ == 0;
    if (!in_order)
        --batches_without_order_;
    bool may_fetch = in_order;

    for (std::size_t i = 0; i < size; ++i) {
        const auto& entry = batch.entries[i];
        const std::string_view name = batch.name(entry);
        const auto* known = cached(name);
        if (known == nullptr && may_fetch) {
            may_fetch = false;
            if (fetch_following(name, size))
                known = cached(name);
        }
        if (known != nullptr) {
            numbers[i] = known->number;
            continue;
        }
        const auto [place, fresh] = by_name_.try_emplace(name, unknown_.size());
        if (fresh)
            unknown_.push_back({name, entry.zone, std::nullopt});
        waiting_.emplace_back(i, place->second);
    }
    if (unknown_.empty())
        return;
    const std::size_t missed = unknown_.size() - settle(known_since);
    if (in_order && missed > size / 2)
        batches_without_order_ = pause_batches;
    for (const auto& [entry, index] : waiting_)
        numbers[entry] = *unknown_[index].number;
    for (const auto& meter : unknown_)
        remember(meter.name, *meter.number);
}

// False when the first meter is new itself, which says nothing about order.
bool MeterNumbers::fetch_following(std::string_view name, std::size_t rows) {
    const auto first = find_integer(session_, "select id from meter where name = $1", {name});
    if (!first)
        return false;
    each_row(
        session_,
        "select id, name from meter where id >= $1 order by id limit $2",
        {*first, static_cast<std::int64_t>(rows)},
        [&](const Row& row) { remember(row.text(1), checked(row.integer(0))); }
    );
    return true;
}

std::size_t MeterNumbers::settle(Instant known_since) {
    // Whichever of the two is likely to do all the work comes first.
    std::size_t made = 0;
    if (expect_new_) {
        make(without_number(), known_since);
        const auto rest = without_number();
        made = unknown_.size() - rest.size();
        fetch_named(rest);
    } else {
        fetch_named(without_number());
        const auto rest = without_number();
        made = rest.size();
        make(rest, known_since);
        fetch_named(without_number());
    }
    expect_new_ = made * 2 > unknown_.size();
    USAGECTL_ASSERT(without_number().empty());
    return made;
}

MeterNumbers::Unknowns MeterNumbers::without_number() {
    Unknowns rest;
    for (auto& meter : unknown_) {
        if (!meter.number)
            rest.push_back(&meter);
    }
    return rest;
}

void MeterNumbers::fetch_named(const Unknowns& meters) {
    in_chunks(meters.size(), [&](std::size_t first, std::size_t count) {
        std::vector<Value> names;
        for (std::size_t i = first; i < first + count; ++i)
            names.emplace_back(meters[i]->name);
        session_.query(
            "select id, name from meter where name in (" + places(count) + ")",
            names,
            [&](const Row& row) {
                unknown_[by_name_.at(row.text(1))].number = checked(row.integer(0));
                return true;
            }
        );
    });
}

void MeterNumbers::make(const Unknowns& meters, Instant known_since) {
    if (meters.empty())
        return;
    lock_until_end(session_, Lock::meters);
    const auto last = find_integer(session_, "select max(id) from meter", {}).value_or(0);
    checked(last + static_cast<std::int64_t>(meters.size()));
    BulkInsert rows;
    rows.table = "meter";
    rows.columns = {"name", "id", "timezone", "known_since"};
    rows.keys = 1;
    rows.rows = meters.size();
    rows.fill = [&](std::size_t index, std::span<Value> row) {
        USAGECTL_ASSERT(meters[index]->zone != nullptr);
        row[0] = meters[index]->name;
        row[1] = last + 1 + static_cast<std::int64_t>(index);
        row[2] = std::string_view(meters[index]->zone->name());
        row[3] = unix_seconds(known_since);
    };
    const auto existing = session_.insert_new(rows);
    auto next_existing = existing.begin();
    for (std::size_t i = 0; i < meters.size(); ++i) {
        if (next_existing != existing.end() && *next_existing == i) {
            ++next_existing;
        } else {
            meters[i]->number = checked(last + 1 + static_cast<std::int64_t>(i));
        }
    }
}

const MeterNumbers::Cached* MeterNumbers::cached(std::string_view name) const {
    if (sets_.empty())
        return nullptr;
    const auto hash = hash_of(name);
    for (const auto& entry : sets_[hash % set_count].entries) {
        if (entry.hash == hash && std::string_view(entry.name.data(), entry.size) == name) {
            return &entry;
        }
    }
    return nullptr;
}

void MeterNumbers::remember(std::string_view name, MeterNumber number) {
    auto& set = sets_[hash_of(name) % set_count];
    if (name.empty() || name.size() > sizeof(Cached::name) || cached(name) != nullptr)
        return;
    auto& entry = set.entries[set.next];
    set.next = static_cast<std::uint8_t>((set.next + 1) % set.entries.size());
    entry.hash = hash_of(name);
    entry.number = number;
    entry.size = static_cast<std::uint8_t>(name.size());
    std::copy(name.begin(), name.end(), entry.name.begin());
}

void MeterNumbers::forget() {
    sets_.clear();
}

}  // namespace usagectl::store
