// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "base/assert.hpp"
#include "store/postgres_connection.hpp"
#include "store/postgres_wire.hpp"

namespace usagectl::store {
namespace {

constexpr std::string_view unique_violation = "23505";

class PostgresRow final : public Row {
public:
    explicit PostgresRow(const PGresult* result)
        : result_(result) {}
    void move_to(int row) { row_ = row; }

    [[nodiscard]] bool is_null(int column) const override {
        return PQgetisnull(result_, row_, column) == 1;
    }
    [[nodiscard]] std::int64_t integer(int column) const override {
        const std::string_view value = bytes(column);
        if (is_null(column))
            return 0;
        switch (PQftype(result_, column)) {
        case wire::int8:
            return wire::read<std::int64_t>(value);
        case wire::int4:
            return wire::read<std::int32_t>(value);
        case wire::int2:
            return wire::read<std::int16_t>(value);
        default:
            USAGECTL_ASSERT(PQftype(result_, column) == wire::boolean);
            return wire::read<std::int8_t>(value);
        }
    }
    [[nodiscard]] std::string_view text(int column) const override { return bytes(column); }
    [[nodiscard]] std::string_view bytes(int column) const override {
        const auto size = static_cast<std::size_t>(PQgetlength(result_, row_, column));
        return {PQgetvalue(result_, row_, column), size};
    }

private:
    const PGresult* result_;
    int row_ = 0;
};

std::int64_t affected_rows(PGresult* result) {
    std::int64_t count = 0;
    for (const char* digit = PQcmdTuples(result); *digit != '\0'; ++digit) {
        count = count * 10 + (*digit - '0');
    }
    return count;
}

std::string joined(std::span<const std::string_view> names) {
    std::string list;
    for (const auto name : names)
        list.append(list.empty() ? "" : ", ").append(name);
    return list;
}

class PostgresSession final : public Session {
public:
    explicit PostgresSession(const PostgresOptions& options)
        : connection_(options) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }

    void query(
        std::string_view sql,
        std::span<const Value> values,
        const std::function<bool(const Row&)>& visit
    ) override {
        const auto result = connection_.run_prepared(prepared(sql, values), values);
        PostgresRow row(result.get());
        for (int i = 0; i < PQntuples(result.get()); ++i) {
            row.move_to(i);
            if (!visit(row))
                return;
        }
    }

    std::int64_t execute(std::string_view sql, std::span<const Value> values) override {
        return affected_rows(connection_.run_prepared(prepared(sql, values), values).get());
    }

    void script(std::string_view sql) override { connection_.command(std::string(sql)); }

    [[nodiscard]] std::vector<std::size_t> insert_new(const BulkInsert& rows) override {
        USAGECTL_ASSERT(in_transaction_);
        if (rows.rows == 0)
            return {};
        // Rows are usually all new, and COPY takes those in half the time. Once it has met one that
        // is not, the table gets the slower way until a whole call is new again.
        if (mixed_tables_.count(rows.table) == 0) {
            if (copy_all(rows))
                return {};
            mixed_tables_.emplace(rows.table);
        }
        auto existing = insert_arrays(rows);
        if (existing.empty())
            mixed_tables_.erase(mixed_tables_.find(rows.table));
        return existing;
    }

    void update_rows(const BulkUpdate& rows) override;

    void begin(Access access) override {
        USAGECTL_ASSERT(!in_transaction_);
        std::string sql = access == Access::read
                              ? "begin isolation level repeatable read, read only"
                              : "begin isolation level read committed";
        if (access == Access::write_soon)
            sql += "; set local synchronous_commit = off";
        // Nothing has been sent in this transaction yet: a connection found dead can be replaced.
        if (connection_.lost())
            reconnect();
        try {
            connection_.command(sql);
        } catch (const Failure&) {
            if (!connection_.lost())
                throw;
            reconnect();
            connection_.command(sql);
        }
        in_transaction_ = true;
    }

    void commit() override {
        USAGECTL_ASSERT(in_transaction_);
        connection_.command("commit");
        in_transaction_ = false;
    }

    void rollback() noexcept override {
        if (!in_transaction_)
            return;
        in_transaction_ = false;
        try {
            if (!connection_.lost())
                connection_.command("rollback");
        } catch (const std::exception&) {
            // The connection died, and the transaction with it.
        }
    }

private:
    void reconnect() {
        statements_.clear();
        connection_.reconnect();
    }

    // The name of the statement on the server, prepared on first use for these types of values.
    const std::string& prepared(std::string_view sql, std::span<const Value> values);
    // False when some row was there already; then nothing was inserted.
    bool copy_all(const BulkInsert& rows);
    std::vector<std::size_t> insert_arrays(const BulkInsert& rows);

    PostgresConnection connection_;
    bool in_transaction_ = false;
    std::map<std::string, std::string, std::less<>> statements_;  // types and SQL to name
    std::set<std::string, std::less<>> mixed_tables_;
};

const std::string& PostgresSession::prepared(std::string_view sql, std::span<const Value> values) {
    std::string key;
    for (const auto& value : values)
        key += static_cast<char>('0' + value.index());
    key.append(" ").append(sql);
    if (const auto known = statements_.find(key); known != statements_.end())
        return known->second;

    std::vector<unsigned> types;
    for (const auto& value : values)
        types.push_back(wire::type_of(value));
    std::string name = "s" + std::to_string(statements_.size());
    connection_.prepare(name, std::string(sql), types);
    return statements_.emplace(std::move(key), std::move(name)).first->second;
}

bool PostgresSession::copy_all(const BulkInsert& rows) {
    std::string data(wire::copy_signature);
    std::vector<Value> values(rows.columns.size());
    for (std::size_t index = 0; index < rows.rows; ++index) {
        rows.fill(index, values);
        wire::append(data, static_cast<std::int16_t>(values.size()));
        for (const auto& value : values)
            wire::append_field(data, value);
    }
    wire::append(data, wire::copy_trailer);

    const std::string copy = "savepoint bulk; copy " + std::string(rows.table) + " (" +
                             joined(rows.columns) + ") from stdin (format binary)";
    if (connection_.copy(copy, data) == unique_violation) {
        connection_.command("rollback to savepoint bulk; release savepoint bulk");
        return false;
    }
    connection_.command("release savepoint bulk");
    return true;
}

// Rows turned into one array per column, as unnest() takes them.
class Columns {
public:
    Columns(std::size_t width, std::size_t rows)
        : arrays(width)
        , types(width)
        , rows_(rows) {}

    void add(std::span<const Value> values) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (arrays[i].empty()) {
                const auto element = wire::type_of(values[i]);
                types[i] = wire::array_of(element);
                wire::append_array_header(arrays[i], element, rows_);
                places.append(i == 0 ? "$" : ", $").append(std::to_string(i + 1));
            }
            wire::append_field(arrays[i], values[i]);
        }
    }

    std::vector<std::string> arrays;
    std::vector<unsigned> types;
    std::string places;  // "$1, $2"

private:
    std::size_t rows_;
};

void PostgresSession::update_rows(const BulkUpdate& rows) {
    USAGECTL_ASSERT(in_transaction_);
    if (rows.rows == 0)
        return;
    Columns columns(rows.columns.size() + 1, rows.rows);
    std::vector<Value> values(rows.columns.size() + 1);
    for (std::size_t index = 0; index < rows.rows; ++index) {
        rows.fill(index, values);
        columns.add(values);
    }
    std::string set;
    for (const auto name : rows.columns)
        set.append(set.empty() ? "" : ", ").append(name).append(" = v.").append(name);
    std::vector<std::string_view> names{rows.key};
    names.insert(names.end(), rows.columns.begin(), rows.columns.end());
    static_cast<void>(connection_.run_once(
        "update " + std::string(rows.table) + " t set " + set + " from unnest(" + columns.places +
            ") as v(" + joined(names) + ") where t." + std::string(rows.key) + " = v." +
            std::string(rows.key),
        columns.types,
        columns.arrays
    ));
}

// The keys that come back are those that were new.
std::vector<std::size_t> PostgresSession::insert_arrays(const BulkInsert& rows) {
    const std::size_t width = rows.columns.size();
    Columns columns(width, rows.rows);
    std::vector<Value> values(width);
    std::vector<std::string> keys(rows.rows);
    for (std::size_t index = 0; index < rows.rows; ++index) {
        rows.fill(index, values);
        columns.add(values);
        for (std::size_t i = 0; i < rows.keys; ++i)
            wire::append_field(keys[index], values[i]);
    }
    const std::string names = joined(rows.columns);
    const std::string key_names = joined(std::span(rows.columns).first(rows.keys));
    const auto inserted = connection_.run_once(
        "insert into " + std::string(rows.table) + " (" + names + ") select * from unnest(" +
            columns.places + ") on conflict (" + key_names + ") do nothing returning " + key_names,
        columns.types,
        columns.arrays
    );
    const int count = PQntuples(inserted.get());
    if (static_cast<std::size_t>(count) == rows.rows)
        return {};

    std::set<std::string, std::less<>> fresh;
    PostgresRow row(inserted.get());
    for (int i = 0; i < count; ++i) {
        row.move_to(i);
        std::string key;
        for (int k = 0; k < static_cast<int>(rows.keys); ++k) {
            wire::append_field(key, Value(row.bytes(k)));
        }
        fresh.insert(std::move(key));
    }
    std::vector<std::size_t> existing;
    for (std::size_t index = 0; index < rows.rows; ++index) {
        if (fresh.count(keys[index]) == 0)
            existing.push_back(index);
    }
    return existing;
}

}  // namespace
}  // namespace usagectl::store

extern "C" usagectl::store::Session*
usagectl_open_postgres(const usagectl::store::PostgresOptions& options) {
    return std::make_unique<usagectl::store::PostgresSession>(options).release();
}
