// SPDX-License-Identifier: MIT
#include "legacy/row.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"

namespace usagectl::legacy {

namespace {

std::string lower(std::string_view text) {
    std::string made(text);
    for (auto& c : made)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return made;
}

tl::unexpected<Error> malformed(std::string message, std::string hint = {}) {
    return refuse(Exit::rejected, "header_malformed", std::move(message), std::move(hint));
}

std::string did_you_mean(const Layout& layout, std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& column : layout.columns)
        names.push_back(column.name);
    const auto close = nearest(name, names, 1);
    if (!close.empty())
        return "did you mean " + std::string(close.front()) + "?";
    return "usagectl legacy schema " + std::string(layout.name) + " shows the columns";
}

}  // namespace

Result<Header> Header::read(const Layout& layout, const std::vector<std::string>& names) {
    Header header;
    header.layout_ = &layout;
    header.size_ = names.size();
    header.places_.resize(layout.columns.size());
    for (std::size_t at = 0; at < names.size(); ++at) {
        const auto name = lower(names[at]);
        if (name.starts_with("x_"))
            continue;
        const auto column =
            std::find_if(layout.columns.begin(), layout.columns.end(), [&](const Column& each) {
                return each.name == name;
            });
        if (column == layout.columns.end()) {
            return malformed(
                "the header row has an unknown column " + quoted(names[at]),
                did_you_mean(layout, name)
            );
        }
        auto& place = header.places_[static_cast<std::size_t>(column - layout.columns.begin())];
        if (place)
            return malformed("the header row has twice the column " + name);
        place = at;
    }
    for (const auto& column : layout.columns) {
        if (column.required && !header.place(column.name)) {
            return malformed(
                "the header row has no column " + std::string(column.name),
                "usagectl legacy schema " + std::string(layout.name) + " shows the columns"
            );
        }
    }
    return header;
}

std::optional<std::size_t> Header::place(std::string_view column) const {
    for (std::size_t at = 0; at < layout_->columns.size(); ++at) {
        if (layout_->columns[at].name == column)
            return places_[at];
    }
    return std::nullopt;
}

Row::Row(const Header& header, const CsvRecord& record)
    : header_(header)
    , record_(record) {
    if (record.fields.size() != header.size()) {
        error_ = Error{
            Exit::rejected,
            "fields_differ",
            "the line has " + std::to_string(record.fields.size()) + " fields, the header row " +
                std::to_string(header.size())};
        return;
    }
    for (const auto& column : header.layout().columns) {
        if (column.required && raw(column.name).empty() && !error_) {
            error_ = Error{
                Exit::rejected,
                "field_missing",
                "the line says nothing in column " + std::string(column.name)};
        }
    }
}

std::string_view Row::raw(std::string_view column) const {
    const auto place = header_.place(column);
    if (!place || *place >= record_.fields.size())
        return {};
    return record_.fields[*place];
}

void Row::fail(std::string_view column, Error error) {
    if (error_)
        return;
    error.exit = Exit::rejected;
    error.message = std::string(column) + ": " + error.message;
    error_ = std::move(error);
}

std::string Row::text(std::string_view column) {
    std::string text(raw(column));
    for (auto& c : text)
        c = static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return text;
}

std::optional<Money> Row::money(std::string_view column, Sign sign) {
    const auto text = raw(column);
    return text.empty() ? std::nullopt : keep(column, parse_money(text, sign));
}

std::optional<Rate> Row::rate(std::string_view column) {
    const auto text = raw(column);
    return text.empty() ? std::nullopt : keep(column, parse_rate(text, Sign::allowed));
}

std::optional<std::int64_t> Row::energy_wh(std::string_view column) {
    const auto text = raw(column);
    if (text.empty())
        return std::nullopt;
    // A kWh has as many Wh as a currency unit has thousandths: the same reader, exact as well.
    const auto read = parse_money(text, Sign::refused, 3);
    if (!read) {
        fail(
            column,
            {Exit::rejected,
             "malformed_energy",
             quoted(text) + " is no kWh",
             "write 1234.567: at most three digits behind the point"}
        );
        return std::nullopt;
    }
    constexpr std::int64_t micro_per_wh = 1000;
    return read->micro() / micro_per_wh;
}

std::optional<std::int64_t>
Row::count(std::string_view column, std::int64_t low, std::int64_t high) {
    const auto text = raw(column);
    if (text.empty())
        return std::nullopt;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= low && number <= high)
        return number;
    fail(
        column,
        {Exit::rejected,
         "malformed_number",
         quoted(text) + " is no number from " + std::to_string(low) + " to " + std::to_string(high)}
    );
    return std::nullopt;
}

std::optional<LocalDay> Row::date(std::string_view column) {
    const auto text = raw(column);
    return text.empty() ? std::nullopt : keep(column, parse_day(text));
}

std::optional<bool> Row::flag(std::string_view column) {
    const auto text = lower(raw(column));
    if (text.empty())
        return std::nullopt;
    if (text == "1" || text == "y" || text == "yes" || text == "true")
        return true;
    if (text == "0" || text == "n" || text == "no" || text == "false")
        return false;
    fail(column, {Exit::rejected, "malformed_flag", quoted(text) + " is neither yes nor no"});
    return std::nullopt;
}

void Row::add_contacts(std::string_view column, std::vector<account::Contact>& contacts) {
    auto rest = raw(column);
    while (!rest.empty()) {
        auto text = rest.substr(0, rest.find(';'));
        rest.remove_prefix(std::min(text.size() + 1, rest.size()));
        while (text.starts_with(' '))
            text.remove_prefix(1);
        while (text.ends_with(' '))
            text.remove_suffix(1);
        if (text.empty())
            continue;
        account::Contact contact;
        if (column == "phones") {
            if (const auto phone = keep(column, account::Phone::parse(text)))
                contact = {account::ContactKind::phone, phone->text, contacts.empty()};
        } else if (const auto email = keep(column, account::Email::parse(text))) {
            contact = {account::ContactKind::email, email->text, contacts.empty()};
        }
        if (!contact.value.empty())
            contacts.push_back(std::move(contact));
    }
}

std::vector<account::Contact> Row::contacts() {
    std::vector<account::Contact> contacts;
    add_contacts("phones", contacts);
    add_contacts("emails", contacts);
    return contacts;
}

}  // namespace usagectl::legacy
