// SPDX-License-Identifier: MIT
// The layout of a TOML file: which tables there are, which keys they have, what a value looks like.
// Readers, and schemas that are published, both come from such a table of keys.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace usagectl::layout {

enum class Shape : std::uint8_t {
    id,           // a word for the command line
    snake,        // a word in small letters: "low_balance"
    text,         // one line for people
    sentence,     // a longer one
    currency,     // ISO 4217
    state,        // two letters: "TX"
    date,         // a TOML local date
    month_day,    // "06-01"
    clock,        // "13:00", whole steps of five minutes, "24:00" at the end
    minute,       // "13:07", to "23:59"
    amount,       // "12.34"
    rate,         // "0.0891"
    signed_rate,  // may be negative
    percent,      // "8.25", 0 to 100
    energy,       // kWh, "500"
    count,        // a whole number from `low` to `high`
    flag,         // true or false
    choice,
    texts,  // arrays
    choices,
    dates,
    month_days,
    table,
    tables,
};

struct KeyRule {
    std::string_view table;  // "" is the root; "hours" names the tables that stand under a key
    std::string_view key;
    Shape shape = Shape::text;
    bool required = false;
    std::string_view help;  // one line, lower case, no full stop
    std::vector<std::string_view> choices = {};
    std::string_view rules = {};  // table, tables: the name its keys stand under
    std::int64_t low = 0;         // count
    std::int64_t high = 0;
};

// Tables that have exactly one of several keys.
struct OneOf {
    std::string_view table;
    std::string_view noun;  // what they are: "price"
    std::vector<std::string_view> keys;
};

// A whole file. What is borrowed must live as long as the readers of it.
struct Format {
    std::string_view whole;          // in messages: "the tariff"
    std::span<const KeyRule> rules;  // in the order keys are named to people
    std::span<const OneOf> one_of;

    [[nodiscard]] std::vector<const KeyRule*> rules_of(std::string_view table) const;
};

// What a text of this shape must match, as an ECMAScript pattern; empty for the others.
[[nodiscard]] std::string_view pattern_of(Shape shape);
[[nodiscard]] bool is_list(Shape shape);

}  // namespace usagectl::layout
