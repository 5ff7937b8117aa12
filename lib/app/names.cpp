// SPDX-License-Identifier: MIT
#include "app/names.hpp"

#include "account/types.hpp"
#include "base/number.hpp"
#include "base/text.hpp"

namespace usagectl::app {

namespace {

std::string_view noun(Named what) {
    switch (what) {
    case Named::entry:
        return "an entry";
    case Named::payment:
        return "a payment";
    case Named::order:
        return "an order";
    case Named::notice:
        return "a notice";
    case Named::quote:
        break;
    }
    return "a quoted balance";
}

// Takes what follows the last dash from the end of the text.
std::optional<std::string_view> cut_last(std::string_view& text) {
    const auto dash = text.rfind('-');
    if (dash == std::string_view::npos)
        return std::nullopt;
    const auto last = text.substr(dash + 1);
    text = text.substr(0, dash);
    return last;
}

std::optional<LocalDay> read_day(std::string_view digits) {
    if (digits.size() != 8)
        return std::nullopt;
    std::string dashed(digits);
    dashed.insert(6, "-").insert(4, "-");
    const auto day = parse_day(dashed);
    return day ? std::optional(*day) : std::nullopt;
}

std::optional<ReadName> read(char letter, std::string_view text) {
    if (text.size() < 2 || text[0] != letter || text[1] != '-')
        return std::nullopt;
    text.remove_prefix(2);
    const auto place = cut_last(text);
    const auto day = place ? cut_last(text) : std::nullopt;
    // What cannot be an account is never asked of the store, whatever bytes it is made of.
    if (!day || !account::AccountId::parse(text))
        return std::nullopt;
    const auto number = parse_integer(*place, 0, ledger::max_place);
    const auto date = read_day(*day);
    if (!number || !date)
        return std::nullopt;
    return ReadName{std::string(text), *date, static_cast<int>(*number)};
}

}  // namespace

std::string name_of(Named what, std::string_view account_id, const ledger::EntryId& id) {
    std::string day = format_day(id.day);
    std::erase(day, '-');
    std::string name(1, static_cast<char>(what));
    return name + '-' + std::string(account_id) + '-' + day + '-' + std::to_string(id.place);
}

Result<ReadName> read_name(Named what, std::string_view text) {
    auto name = read(static_cast<char>(what), text);
    if (name)
        return std::move(*name);
    const std::string letter(1, static_cast<char>(what));
    return refuse(
        Exit::usage,
        "malformed_name",
        quoted(text) + " does not name " + std::string(noun(what)),
        "it looks like " + letter + "-1001-20261120-1"
    );
}

}  // namespace usagectl::app
