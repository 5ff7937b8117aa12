// SPDX-License-Identifier: MIT
#include "store/block_rows.hpp"

#include <algorithm>

#include "store/chunk.hpp"
#include "store/sql.hpp"

namespace usagectl::store {
namespace {

std::vector<Value> as_values(std::span<const std::int64_t> slots) {
    return {slots.begin(), slots.end()};
}

}  // namespace

std::vector<StoredRow> read_rows(Session& session, std::span<const std::int64_t> slots) {
    std::vector<StoredRow> rows;
    rows.reserve(slots.size());
    in_chunks(slots.size(), [&](std::size_t first, std::size_t count) {
        const auto values = as_values(slots.subspan(first, count));
        session.query(
            "select b.slot, b.revision, b.source, b.data,"
            " (select coalesce(max(h.version), 0) from block_history h where h.slot = b.slot)"
            " from block b where b.slot in (" +
                places(count) + ")",
            values,
            [&](const Row& row) {
                rows.push_back(
                    {row.integer(0),
                     row.integer(1),
                     row.integer(2),
                     std::string(row.bytes(3)),
                     row.integer(4)}
                );
                return true;
            }
        );
    });
    std::sort(rows.begin(), rows.end(), [](const StoredRow& a, const StoredRow& b) {
        return a.slot < b.slot;
    });
    return rows;
}

void write_rows(Session& session, std::span<const StoredRow> rows) {
    in_chunks(rows.size(), [&](std::size_t first, std::size_t count) {
        std::vector<Value> values;
        for (const auto& row : rows.subspan(first, count)) {
            values.insert(values.end(), {row.slot, row.revision, row.source, Bytes{row.data}});
        }
        session.execute(
            "insert into block (slot, revision, source, data) values " + places(count, 4) +
                " on conflict (slot) do update set revision = excluded.revision,"
                " source = excluded.source, data = excluded.data",
            values
        );
    });
}

void delete_rows(Session& session, std::span<const std::int64_t> slots) {
    in_chunks(slots.size(), [&](std::size_t first, std::size_t count) {
        const auto values = as_values(slots.subspan(first, count));
        session.execute("delete from block where slot in (" + places(count) + ")", values);
    });
}

void add_history(Session& session, std::span<const HistoryRow> rows) {
    if (rows.empty())
        return;
    BulkInsert bulk;
    bulk.table = "block_history";
    bulk.columns = {"slot", "version", "revision", "source", "superseded_by", "data"};
    bulk.keys = 2;
    bulk.rows = rows.size();
    bulk.fill = [&](std::size_t index, std::span<Value> row) {
        const HistoryRow& history = rows[index];
        row[0] = history.slot;
        row[1] = history.version;
        row[2] = history.revision;
        row[3] = history.source;
        row[4] = history.superseded_by;
        row[5] = Bytes{history.data};
    };
    if (session.insert_new(bulk).empty())
        return;
    throw Failure(
        "store_conflict", "another command stored the same first", "repeat the command", true
    );
}

void throw_damaged(std::string_view meter, LocalDay day, std::string_view what) {
    throw Failure(
        "store_damaged",
        "meter " + std::string(meter) + ", day " + format_day(day) + ": " + std::string(what),
        "look with `usagectl db check`, then restore a backup"
    );
}

}  // namespace usagectl::store
