// SPDX-License-Identifier: MIT
// A prepared SQLite statement. SQLite::Statement would copy every text and blob, or want it to end
// in a zero byte; a bulk insert of millions of rows binds views instead.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include "store/session.hpp"

namespace usagectl::store {

class SqliteStatement {
public:
    // `$1` in the text is a position. Throws Failure.
    SqliteStatement(sqlite3* database, std::string_view sql, const std::string& path);

    // Binds without copying: the values must live until reset().
    void bind(std::span<const Value> values);
    // True when there is a row.
    bool step();
    void reset() noexcept;
    [[nodiscard]] bool running() const { return running_; }
    [[nodiscard]] sqlite3_stmt* handle() const { return statement_.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };
    void bind_one(int position, const Value& value);
    [[noreturn]] void fail();

    sqlite3* database_;
    const std::string& path_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    bool running_ = false;
};

// Resets the statement on every way out.
class SqliteRun {
public:
    SqliteRun(SqliteStatement& statement, std::span<const Value> values)
        : statement_(statement) {
        statement_.bind(values);
    }
    ~SqliteRun() { statement_.reset(); }
    SqliteRun(const SqliteRun&) = delete;
    SqliteRun& operator=(const SqliteRun&) = delete;
    bool step() { return statement_.step(); }

private:
    SqliteStatement& statement_;
};

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement)
        : statement_(statement) {}
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;
    [[nodiscard]] std::string_view bytes(int column) const override;

private:
    sqlite3_stmt* statement_;
};

}  // namespace usagectl::store
