// SPDX-License-Identifier: MIT
// The layout of a tariff file: which tables there are, which keys they have, what a value looks
// like. The reader and the published schema both come from this table.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace usagectl::tariff {

enum class Shape : std::uint8_t {
    id,           // a word for the command line
    text,         // one line for people
    currency,     // ISO 4217
    date,         // a TOML local date
    month_day,    // "06-01"
    clock,        // "13:00", whole steps of five minutes, "24:00" at the end
    amount,       // "12.34"
    rate,         // "0.0891"
    signed_rate,  // may be negative
    percent,      // "8.25", 0 to 100
    energy,       // kWh, "500"
    choice,
    texts,  // arrays
    choices,
    dates,
    month_days,
    table,
    tables,
};

struct KeyRule {
    std::string_view table;  // "" is the root; "schedule.hours" is inside "schedule"
    std::string_view key;
    Shape shape = Shape::text;
    bool required = false;
    std::string_view help;  // one line, lower case, no full stop
    std::vector<std::string_view> choices = {};
    std::string_view rules = {};  // table, tables: the name its keys stand under
};

// Sorted by nothing but the reader's convenience: the root first, then each table.
[[nodiscard]] std::span<const KeyRule> format_rules();
[[nodiscard]] std::vector<const KeyRule*> rules_of(std::string_view table);

// Tables that have exactly one of several keys.
struct OneOf {
    std::string_view table;
    std::vector<std::string_view> keys;
};
[[nodiscard]] std::span<const OneOf> one_of_rules();

// What a text of this shape must match, as an ECMAScript pattern; empty for the others.
[[nodiscard]] std::string_view pattern_of(Shape shape);
[[nodiscard]] bool is_list(Shape shape);

}  // namespace usagectl::tariff
