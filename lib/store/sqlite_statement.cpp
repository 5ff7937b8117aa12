// SPDX-License-Identifier: MIT
#include "store/sqlite_statement.hpp"

#include "base/assert.hpp"
#include "store/sqlite_error.hpp"

namespace usagectl::store {
namespace {

// SQLite takes `$1` for a name and `?1` for a position. Text in quotes stays as it is.
std::string with_positions(std::string_view sql) {
    std::string text(sql);
    bool quoted = false;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] == '\'')
            quoted = !quoted;
        const bool digit = text[i + 1] >= '1' && text[i + 1] <= '9';
        if (!quoted && text[i] == '$' && digit)
            text[i] = '?';
    }
    return text;
}

}  // namespace

SqliteStatement::SqliteStatement(sqlite3* database, std::string_view sql, const std::string& path)
    : database_(database)
    , path_(path) {
    const std::string text = with_positions(sql);
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(
        database,
        text.c_str(),
        static_cast<int>(text.size() + 1),
        SQLITE_PREPARE_PERSISTENT,
        &statement,
        nullptr
    );
    statement_.reset(statement);
    if (code != SQLITE_OK)
        fail();
}

void SqliteStatement::fail() {
    throw_sqlite_failure(database_, path_);
}

void SqliteStatement::bind(std::span<const Value> values) {
    USAGECTL_ASSERT(!running_);
    const auto expected = static_cast<std::size_t>(sqlite3_bind_parameter_count(handle()));
    USAGECTL_ASSERT(values.size() == expected);
    running_ = true;
    for (std::size_t i = 0; i < values.size(); ++i)
        bind_one(static_cast<int>(i) + 1, values[i]);
}

void SqliteStatement::bind_one(int position, const Value& value) {
    int code = SQLITE_OK;
    // An empty view may point nowhere, which SQLite would take for null.
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(handle(), position, *number);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        const char* data = bytes->view.empty() ? "" : bytes->view.data();
        code = sqlite3_bind_blob64(handle(), position, data, bytes->view.size(), SQLITE_STATIC);
    } else if (const auto* text = std::get_if<std::string_view>(&value)) {
        const char* data = text->empty() ? "" : text->data();
        code =
            sqlite3_bind_text64(handle(), position, data, text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else {
        code = sqlite3_bind_null(handle(), position);
    }
    if (code != SQLITE_OK)
        fail();
}

bool SqliteStatement::step() {
    const int code = sqlite3_step(handle());
    if (code == SQLITE_ROW)
        return true;
    if (code != SQLITE_DONE)
        fail();
    return false;
}

void SqliteStatement::reset() noexcept {
    sqlite3_reset(handle());
    running_ = false;
}

bool SqliteRow::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t SqliteRow::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view SqliteRow::text(int column) const {
    return bytes(column);
}

std::string_view SqliteRow::bytes(int column) const {
    const void* data = sqlite3_column_blob(statement_, column);
    if (data == nullptr)
        return {};
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return {static_cast<const char*>(data), size};
}

}  // namespace usagectl::store
