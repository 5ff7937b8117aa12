// SPDX-License-Identifier: MIT
// Short forms for what repositories do most: values in braces, one number as the answer, values of
// a row and values for one.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "base/instant.hpp"
#include "base/money.hpp"
#include "store/session.hpp"

namespace usagectl::store {

using Values = std::initializer_list<Value>;

[[nodiscard]] inline std::span<const Value> as_span(Values values) {
    return {values.begin(), values.size()};
}

inline void each_row(
    Session& session,
    std::string_view sql,
    Values values,
    const std::function<void(const Row&)>& visit
) {
    session.query(sql, as_span(values), [&](const Row& row) {
        visit(row);
        return true;
    });
}

inline std::int64_t run(Session& session, std::string_view sql, Values values) {
    return session.execute(sql, as_span(values));
}

// The first column of the first row; none when there is no row or it is null.
[[nodiscard]] inline std::optional<std::int64_t>
find_integer(Session& session, std::string_view sql, Values values) {
    std::optional<std::int64_t> found;
    session.query(sql, as_span(values), [&](const Row& row) {
        if (!row.is_null(0))
            found = row.integer(0);
        return false;
    });
    return found;
}

[[nodiscard]] inline Value nullable(const std::optional<std::string>& text) {
    return text ? Value(std::string_view(*text)) : Value();
}

[[nodiscard]] inline Value nullable(const std::optional<Instant>& at) {
    return at ? Value(unix_seconds(*at)) : Value();
}

[[nodiscard]] inline Value nullable(const std::optional<std::int64_t>& number) {
    return number ? Value(*number) : Value();
}

[[nodiscard]] inline Value nullable(const std::optional<LocalDay>& day) {
    return day ? Value(std::int64_t{day_number(*day)}) : Value();
}

[[nodiscard]] inline Value nullable(const std::optional<Money>& money) {
    return money ? Value(money->micro()) : Value();
}

// A day's number, an amount in millionths.
[[nodiscard]] inline LocalDay day_in(const Row& row, int column) {
    return local_day(static_cast<std::int32_t>(row.integer(column)));
}

[[nodiscard]] inline Money money_in(const Row& row, int column) {
    return Money::from_micro(row.integer(column));
}

[[nodiscard]] inline std::optional<std::int64_t> optional_integer(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
}

[[nodiscard]] inline std::optional<LocalDay> optional_day(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(day_in(row, column));
}

[[nodiscard]] inline std::optional<Money> optional_money(const Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(money_in(row, column));
}

[[nodiscard]] inline std::optional<Instant> optional_instant(const Row& row, int column) {
    if (row.is_null(column))
        return std::nullopt;
    return instant(row.integer(column));
}

[[nodiscard]] inline std::optional<std::string> optional_text(const Row& row, int column) {
    if (row.is_null(column))
        return std::nullopt;
    return std::string(row.text(column));
}

}  // namespace usagectl::store
