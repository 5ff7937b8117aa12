// SPDX-License-Identifier: MIT
// The files that go between the prepay system and the legacy billing system: which columns they
// have and what stands in them. Readers, writers, schemas and manual pages go by these tables.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace usagectl::legacy {

enum class Shape : std::uint8_t {
    account,
    text,
    meter,
    phones,  // E.164, `;` between them; the first of phones and e-mails is the primary contact
    emails,  // `;` between them
    language,
    energy,        // kWh, at most three digits behind the point
    money,         // at most two digits behind the point
    signed_money,  // may be negative
    rate,          // per kWh, at most nine digits behind the point
    date,          // 2026-11-01
    cycle_day,     // 1 to 28
    count,         // a whole number
    flag,          // 1 or 0, yes or no, true or false, y or n
};

struct Column {
    std::string_view name;
    Shape shape = Shape::text;
    // The header must have it, and no line may leave it empty.
    bool required = false;
    std::string_view help;  // one line, lower case, no full stop
};

struct Layout {
    std::string_view name;   // "extract"
    std::string_view title;  // for people
    std::vector<Column> columns;
};

// Customers and meters, from the legacy system (source: US 8,095,475, figure 3, step 62).
[[nodiscard]] const Layout& extract_layout();
// Bills of a cycle, from the legacy system (figure 8, step 184).
[[nodiscard]] const Layout& bills_layout();
// Charges that the legacy system does not know, to it (figure 9, step 220).
[[nodiscard]] const Layout& charges_layout();
// Accounts that are new, to it (figure 2, step 50).
[[nodiscard]] const Layout& accounts_layout();
[[nodiscard]] std::span<const Layout* const> layouts();

// What a field of this shape must match, as an ECMAScript pattern; empty: anything.
[[nodiscard]] std::string_view pattern_of(Shape shape);

}  // namespace usagectl::legacy
