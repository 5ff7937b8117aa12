// SPDX-License-Identifier: MIT
// The reading half of BlockRepository. One meter over many days is a recursive series of slots
// joined to the table: on both engines a point look-up for each day and nothing else.
#include <algorithm>
#include <map>

#include "meter/codec.hpp"
#include "store/block_repository.hpp"
#include "store/block_rows.hpp"
#include "store/slot.hpp"
#include "store/sql.hpp"

namespace usagectl::store {
namespace {

using meter::BlockKey;
using meter::DayRange;
using meter::StoredBlock;
using std::chrono::days;

// $1 and $2 are the first and last slot, one day (1 << 40) apart.
constexpr std::string_view series =
    "with recursive s(slot) as (select cast($1 as bigint) union all"
    " select slot + 1099511627776 from s where slot + 1099511627776 <= $2) ";

std::string with_series(std::string_view rest) {
    return std::string(series).append(rest);
}

std::int64_t slot_of(MeterNumber meter, const BlockKey& key, LocalDay day) {
    return Slot(day, meter, key.channel, key.layer).packed();
}

StoredBlock unpack(std::string_view meter, const Slot& slot, std::string_view data) {
    StoredBlock stored{slot.day(), slot.layer(), {}};
    const auto damage = meter::decode(data, stored.day, stored.block);
    if (!damage.empty())
        throw_damaged(meter, stored.day, damage);
    return stored;
}

// A block has room for the longest day: growing by steps would move each of them several times.
void reserve(const DayRange& range, std::vector<StoredBlock>& blocks) {
    blocks.reserve(static_cast<std::size_t>((range.last - range.first).count() + 1));
}

// The latest or earliest stored day among [first, last].
std::optional<LocalDay> find_day(
    Session& session,
    std::string_view which,
    MeterNumber meter,
    const BlockKey& key,
    const DayRange& range
) {
    const auto found = find_integer(
        session,
        with_series(
            "select " + std::string(which) + "(b.slot) from s join block b on b.slot = s.slot"
        ),
        {slot_of(meter, key, range.first), slot_of(meter, key, range.last)}
    );
    if (!found)
        return std::nullopt;
    return Slot(*found).day();
}

// How far a search looks at a time: most meters have data near either end of what is held.
constexpr days first_window{32};

}  // namespace

std::optional<DayRange> BlockRepository::extent() {
    std::optional<DayRange> range;
    each_row(
        session_,
        "select (select min(slot) from block), (select max(slot) from block)",
        {},
        [&](const Row& row) {
            if (row.is_null(0))
                return;
            range = DayRange{Slot(row.integer(0)).day(), Slot(row.integer(1)).day()};
        }
    );
    return range;
}

std::optional<DayRange> BlockRepository::held(const DayRange& wanted, bool history) {
    auto range = extent();
    if (history) {
        each_row(
            session_,
            "select (select min(slot) from block_history), (select max(slot) from block_history)",
            {},
            [&](const Row& row) {
                if (row.is_null(0))
                    return;
                const DayRange old{Slot(row.integer(0)).day(), Slot(row.integer(1)).day()};
                if (!range)
                    range = old;
                range->first = std::min(range->first, old.first);
                range->last = std::max(range->last, old.last);
            }
        );
    }
    if (!range)
        return std::nullopt;
    range->first = std::max(range->first, wanted.first);
    range->last = std::min(range->last, wanted.last);
    if (range->last < range->first)
        return std::nullopt;
    return range;
}

std::vector<StoredBlock> BlockRepository::read(const BlockKey& key, const DayRange& wanted) {
    std::vector<StoredBlock> blocks;
    const auto number = numbers_.find(key.meter);
    const auto range = number ? held(wanted, false) : std::nullopt;
    if (!range)
        return blocks;
    reserve(*range, blocks);
    each_row(
        session_,
        with_series("select s.slot, b.data from s join block b on b.slot = s.slot order by s.slot"),
        {slot_of(*number, key, range->first), slot_of(*number, key, range->last)},
        [&](const Row& row) {
            blocks.push_back(unpack(key.meter, Slot(row.integer(0)), row.bytes(1)));
        }
    );
    return blocks;
}

// A version is known from its source's known_at until that of the source that superseded it.
std::vector<StoredBlock>
BlockRepository::read_known(const BlockKey& key, const DayRange& wanted, Instant known_at) {
    std::vector<StoredBlock> blocks;
    const auto number = numbers_.find(key.meter);
    const auto range = number ? held(wanted, true) : std::nullopt;
    if (!range)
        return blocks;

    // The later row of a slot wins: higher versions after lower ones, the current block last.
    std::map<std::int64_t, std::string> known;
    for (const auto* rest :
         {"select h.slot, h.data from s join block_history h on h.slot = s.slot"
          " join source f on f.number = h.source join source t on t.number = h.superseded_by"
          " where f.known_at <= $3 and t.known_at > $3 order by h.slot, h.version",
          "select b.slot, b.data from s join block b on b.slot = s.slot"
          " join source f on f.number = b.source where f.known_at <= $3 order by b.slot"}) {
        each_row(
            session_,
            with_series(rest),
            {slot_of(*number, key, range->first),
             slot_of(*number, key, range->last),
             unix_seconds(known_at)},
            [&](const Row& row) { known[row.integer(0)] = row.bytes(1); }
        );
    }
    for (const auto& [slot, data] : known)
        blocks.push_back(unpack(key.meter, Slot(slot), data));
    return blocks;
}

std::optional<LocalDay> BlockRepository::last_day(const BlockKey& key, LocalDay before) {
    const auto number = numbers_.find(key.meter);
    auto range = number ? held({LocalDay(days(0)), before}, false) : std::nullopt;
    days window = first_window;
    while (range && range->first <= range->last) {
        const LocalDay low = std::max(range->first, range->last - window + days(1));
        if (auto day = find_day(session_, "max", *number, key, {low, range->last}))
            return day;
        range->last = low - days(1);
        window *= 2;
    }
    return std::nullopt;
}

std::optional<LocalDay> BlockRepository::first_day(const BlockKey& key) {
    const auto number = numbers_.find(key.meter);
    auto range = number ? extent() : std::nullopt;
    days window = first_window;
    while (range && range->first <= range->last) {
        const LocalDay high = std::min(range->last, range->first + window - days(1));
        if (auto day = find_day(session_, "min", *number, key, {range->first, high}))
            return day;
        range->first = high + days(1);
        window *= 2;
    }
    return std::nullopt;
}

void BlockRepository::each_of_day(
    LocalDay day,
    const std::function<void(std::string_view, meter::Channel, const StoredBlock&)>& visit
) {
    constexpr std::int64_t page_rows = 1024;
    struct Found {
        Slot slot;
        std::string meter;
        std::string data;
    };
    std::int64_t next = Slot::first_of(day);
    const std::int64_t end = Slot::first_of(day + days(1));
    while (true) {
        std::vector<Found> page;
        each_row(
            session_,
            "select b.slot, m.name, b.data from block b"
            " join meter m on m.id = ((b.slot >> 8) & 4294967295)"
            " where b.slot >= $1 and b.slot < $2 order by b.slot limit $3",
            {next, end, page_rows},
            [&](const Row& row) {
                page.push_back(
                    {Slot(row.integer(0)), std::string(row.text(1)), std::string(row.bytes(2))}
                );
            }
        );
        for (const auto& found : page) {
            visit(found.meter, found.slot.channel(), unpack(found.meter, found.slot, found.data));
        }
        if (static_cast<std::int64_t>(page.size()) < page_rows)
            return;
        next = page.back().slot.packed() + 1;
    }
}

std::vector<meter::Version> BlockRepository::history(std::string_view name, LocalDay day) {
    std::vector<meter::Version> versions;
    const auto number = numbers_.find(name);
    if (!number || day_number(day) < 0 || day_number(day) > Slot::days_max)
        return versions;
    const auto add = [&](const Row& row, std::optional<Instant> known_to, bool late) {
        const Slot slot(row.integer(0));
        versions.push_back(
            {slot.day(),
             slot.channel(),
             slot.layer(),
             row.integer(1),
             row.integer(2),
             std::string(row.text(3)),
             instant(row.integer(4)),
             known_to,
             unpack(name, slot, row.bytes(5)).block,
             late}
        );
    };
    for (const auto channel : {meter::Channel::consumption, meter::Channel::generation}) {
        for (const auto layer : {meter::Layer::vee, meter::Layer::raw}) {
            const auto slot = Slot(day, *number, channel, layer).packed();
            each_row(
                session_,
                "select b.slot, b.revision, b.source, f.path, f.known_at, b.data from block b"
                " join source f on f.number = b.source where b.slot = $1",
                {slot},
                [&](const Row& row) { add(row, std::nullopt, false); }
            );
            each_row(
                session_,
                "select h.slot, h.revision, h.source, f.path, f.known_at, h.data, t.known_at,"
                " case when h.superseded_by = h.source then 1 else 0 end"
                " from block_history h join source f on f.number = h.source"
                " join source t on t.number = h.superseded_by where h.slot = $1"
                " order by h.source desc, h.version desc",
                {slot},
                [&](const Row& row) { add(row, instant(row.integer(6)), row.integer(7) != 0); }
            );
        }
    }
    return versions;
}

}  // namespace usagectl::store
