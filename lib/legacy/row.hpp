// SPDX-License-Identifier: MIT
// A line of a file by its columns. What is wrong with it is kept, the first thing only; a value is
// absent when its field is empty, its column is not there, or it is not sound.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/types.hpp"
#include "base/csv.hpp"
#include "base/error.hpp"
#include "base/instant.hpp"
#include "base/money.hpp"
#include "legacy/layouts.hpp"

namespace usagectl::legacy {

class Header {
public:
    // Names in any letter case and order; a column whose name begins with `x_` is the file's own
    // business. Error `header_malformed` (6): a column is unknown, missing, or there twice.
    [[nodiscard]] static Result<Header>
    read(const Layout& layout, const std::vector<std::string>& names);

    [[nodiscard]] const Layout& layout() const { return *layout_; }
    [[nodiscard]] std::size_t size() const { return size_; }
    // The field of a column of the layout; none: the file has no such column.
    [[nodiscard]] std::optional<std::size_t> place(std::string_view column) const;

private:
    const Layout* layout_ = nullptr;
    std::vector<std::optional<std::size_t>> places_;  // by column of the layout
    std::size_t size_ = 0;
};

class Row {
public:
    // Error `fields_differ` when there are more or fewer fields than the header has,
    // `field_missing` when a required one is empty.
    Row(const Header& header, const CsvRecord& record);

    [[nodiscard]] const std::optional<Error>& error() const { return error_; }

    // Line breaks and tabs become blanks.
    [[nodiscard]] std::string text(std::string_view column);
    [[nodiscard]] std::optional<Money> money(std::string_view column, Sign sign = Sign::refused);
    [[nodiscard]] std::optional<Rate> rate(std::string_view column);
    [[nodiscard]] std::optional<std::int64_t> energy_wh(std::string_view column);
    [[nodiscard]] std::optional<std::int64_t>
    count(std::string_view column, std::int64_t low, std::int64_t high);
    [[nodiscard]] std::optional<LocalDay> date(std::string_view column);
    [[nodiscard]] std::optional<bool> flag(std::string_view column);
    [[nodiscard]] std::vector<account::Contact> contacts();  // of phones and emails
    void fail(std::string_view column, Error error);

private:
    [[nodiscard]] std::string_view raw(std::string_view column) const;
    template <class T>
    std::optional<T> keep(std::string_view column, Result<T> result) {
        if (result)
            return std::move(*result);
        fail(column, std::move(result.error()));
        return std::nullopt;
    }
    void add_contacts(std::string_view column, std::vector<account::Contact>& contacts);

    const Header& header_;
    const CsvRecord& record_;
    std::optional<Error> error_;
};

}  // namespace usagectl::legacy
