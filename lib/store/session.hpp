// SPDX-License-Identifier: MIT
// A connection to a datastore, the same for both engines: SQL text with $1..$n, bound values,
// one transaction at a time, and bulk insertion. Not thread-safe; one thread owns a session.
//
// SQL that passes here must be accepted by SQLite 3.40 and PostgreSQL 15 alike. Every error is
// thrown as Failure with one of the codes store_busy, store_full, store_read_only,
// store_unreachable, store_damaged, store_conflict, store_failed (exit 5), store_permission (exit
// 4). After an error inside a transaction only rollback() may follow: PostgreSQL refuses everything
// else.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/error.hpp"

namespace usagectl::store {

struct Bytes {
    std::string_view view;
};
using Value = std::variant<std::monostate, std::int64_t, std::string_view, Bytes>;

// A row of a result; valid only inside the callback that received it. Columns count from 0; a null
// reads as 0 or as empty.
class Row {
public:
    Row() = default;
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
};

enum class Dialect : std::uint8_t { sqlite, postgresql };
// write_soon: as write, but a commit does not wait for the disk. A loss of power may take the
// newest of them along, whole, and nothing else; later commits that do wait secure them too.
enum class Access : std::uint8_t { read, write, write_soon };

// Rows for one table, in order. `keys` of the columns form the primary key.
struct BulkInsert {
    std::string_view table;
    std::vector<std::string_view> columns;
    std::size_t keys = 1;  // the first `keys` columns
    std::size_t rows = 0;
    // Fills `row` (columns.size() values) with row `index`; called once per row, ascending.
    std::function<void(std::size_t index, std::span<Value> row)> fill;
};

// Rows of one table to change, each found by its key.
struct BulkUpdate {
    std::string_view table;
    std::string_view key;                   // an integer column, unique
    std::vector<std::string_view> columns;  // those that change
    std::size_t rows = 0;
    // Fills `row`: the key, then columns.size() values, none of them null.
    std::function<void(std::size_t index, std::span<Value> row)> fill;
};

class Session {
public:
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;

    // Runs a query; `visit` returns false to stop early and must not use the session. Statements
    // are prepared once and kept. A driver may hold the whole result in memory: large reads are
    // paged.
    virtual void query(
        std::string_view sql,
        std::span<const Value> values,
        const std::function<bool(const Row&)>& visit
    ) = 0;
    // Runs a statement; gives the number of rows it changed.
    virtual std::int64_t execute(std::string_view sql, std::span<const Value> values) = 0;
    // Several statements without values, as migrations have them.
    virtual void script(std::string_view sql) = 0;

    // Inserts the rows whose key is not there yet; gives the indexes of those that were, ascending.
    // Keys within one call must differ, values must not be null. Call inside a write transaction;
    // `fill` may be called for all rows a second time.
    [[nodiscard]] virtual std::vector<std::size_t> insert_new(const BulkInsert& rows) = 0;

    // Changes the rows that are there. Keys within one call must differ. Call inside a write
    // transaction.
    virtual void update_rows(const BulkUpdate& rows) = 0;

    // Access::write takes the write lock of a SQLite store at once. Access::read gives one snapshot
    // to all reads until the end, and refuses writes on PostgreSQL.
    virtual void begin(Access access) = 0;
    // Hands what the transaction has changed so far to the system, so that commit() has less left
    // to write. For a caller about to wait for something else; changes nothing that can be seen.
    virtual void write_ahead() {}
    // For a caller about to change many rows here and there in one transaction after another: more
    // of what they lie on is kept at hand, up to 48 MiB. Changes nothing that can be seen.
    virtual void keep_more_at_hand() {}
    virtual void commit() = 0;
    // Harmless without a transaction, so that it can follow any failure.
    virtual void rollback() noexcept = 0;
};

}  // namespace usagectl::store
